package io.github.resiliencestarter.call;

import java.util.concurrent.atomic.LongAdder;

/** Counts how the calls of one name ended. Thread-safe; a sum read while calls run may be a moment old. */
public final class CallCounts {

    private final LongAdder[] byOutcome = new LongAdder[Outcome.values().length];
    private final LongAdder attempts = new LongAdder();

    public CallCounts() {
        for (int i = 0; i < byOutcome.length; i++) {
            byOutcome[i] = new LongAdder();
        }
    }

    void record(Outcome outcome, int attempts) {
        byOutcome[outcome.ordinal()].increment();
        this.attempts.add(attempts);
    }

    public long of(Outcome outcome) {
        return byOutcome[outcome.ordinal()].sum();
    }

    /** How often methods were started, retries included. */
    public long attempts() {
        return attempts.sum();
    }
}
