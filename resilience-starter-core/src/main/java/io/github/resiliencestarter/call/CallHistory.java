package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * What a call has behind it that did not simply succeed at its first attempt. It is made when there is something to write
 * down, so that a call that just succeeds does not carry it.
 */
final class CallHistory {

    /** Of a call to which nothing has happened; never written to. */
    static final CallHistory NONE = new CallHistory();

    /** The original exception and why it failed the call. */
    @Nullable
    Throwable failure;

    @Nullable
    FailureReason reason;

    /** What the caller sees of it. */
    @Nullable
    Throwable thrown;

    /** What the attempts that failed have done at the remote: the worst that is possible, and the last one's. */
    @Nullable
    CallOutcome worst;

    @Nullable
    CallOutcome last;

    /** In nanoseconds, of the attempts before the last one. */
    long longestBefore;

    int hedges;
    boolean wonByHedge;

    void judged(CallOutcome outcome) {
        last = outcome;
        worst = worst == null || outcome.compareTo(worst) > 0 ? outcome : worst;
    }
}
