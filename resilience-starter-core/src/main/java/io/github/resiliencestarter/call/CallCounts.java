package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallOutcome;
import java.util.concurrent.atomic.LongAdder;

/** Counts how the calls of one name ended. Thread-safe; a sum read while calls run may be a moment old. */
public final class CallCounts {

    private final LongAdder[] byOutcome = new LongAdder[Outcome.values().length];
    /** Attempts beyond one per call, so that a call with one attempt costs one addition. */
    private final LongAdder moreAttempts = new LongAdder();
    /** Calls that were turned away before their first attempt. */
    private final LongAdder withoutAttempt = new LongAdder();

    private final LongAdder hedgesStarted = new LongAdder();

    private final LongAdder hedgesWon = new LongAdder();

    private final LongAdder staleAnswers = new LongAdder();
    private final LongAdder[] failedAttempts = new LongAdder[CallOutcome.values().length];

    public CallCounts() {
        for (int i = 0; i < failedAttempts.length; i++) {
            failedAttempts[i] = new LongAdder();
        }
        for (int i = 0; i < byOutcome.length; i++) {
            byOutcome[i] = new LongAdder();
        }
    }

    void hedgeStarted() {
        hedgesStarted.increment();
    }

    void hedgeWon() {
        hedgesWon.increment();
    }

    /** How many attempts were started beside one that took long. */
    public long hedgesStarted() {
        return hedgesStarted.sum();
    }

    /** How many of those answered first. */
    public long hedgesWon() {
        return hedgesWon.sum();
    }

    void answeredStale() {
        staleAnswers.increment();
    }

    /** How often the last known good answer took the place of a failure. */
    public long staleAnswers() {
        return staleAnswers.sum();
    }

    void record(Outcome outcome, int attempts) {
        byOutcome[outcome.ordinal()].increment();
        if (attempts != 1) {
            moreAttempts.add(attempts - 1);
            if (attempts == 0) {
                withoutAttempt.increment();
            }
        }
    }

    void attemptFailed(CallOutcome outcome) {
        failedAttempts[outcome.ordinal()].increment();
    }

    /** How many attempts failed and did this at the remote, as far as it is known. */
    public long failedAttempts(CallOutcome outcome) {
        return failedAttempts[outcome.ordinal()].sum();
    }

    public long of(Outcome outcome) {
        return byOutcome[outcome.ordinal()].sum();
    }

    /** How often methods were started, retries included. */
    public long attempts() {
        return moreAttempts.sum() + calls();
    }

    /** How many calls got as far as their first attempt: what retries are measured by. */
    public long sent() {
        return calls() - withoutAttempt.sum();
    }

    private long calls() {
        long sum = 0;
        for (LongAdder each : byOutcome) {
            sum += each.sum();
        }
        return sum;
    }
}
