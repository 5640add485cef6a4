package io.github.resiliencestarter.call;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long the next attempt may take: its own timeout, or what is left of the deadline, whichever is shorter. */
final class AttemptLimit {

    static final long NONE = Long.MAX_VALUE;

    private final long perAttempt;
    private final double multiplier;
    private final @Nullable AdaptiveTimeout adaptive;
    private final @Nullable RecentLatencies latencies;

    AttemptLimit(CallPlan plan, CallParts parts) {
        this.perAttempt = plan.perAttemptNanos();
        this.multiplier = plan.timeoutMultiplier();
        this.adaptive = parts.adaptiveTimeout();
        this.latencies = parts.latencies();
    }

    /** The limit in nanoseconds, or {@link #NONE}. */
    long of(Execution execution) {
        long own = own(execution.attempts() - execution.hedges());
        if (!execution.hasDeadline()) {
            return own;
        }
        long remaining = execution.remaining();
        if (remaining <= 0) {
            throw DeadlineExceededException.beforeAttempt(execution.call(), execution.attempts() + 1);
        }
        execution.cutByDeadline = remaining < own;
        return Math.min(own, remaining);
    }

    /** Gives the next attempt of a call that answers later its limit. */
    void give(AsyncExecution execution) {
        long limit = of(execution);
        execution.limits = limit == NONE ? null : this;
        execution.attemptLimit = limit;
        execution.attemptEndsAt = limit == NONE ? CallScope.NO_DEADLINE : execution.now + limit;
    }

    /** The timeout of the attempt that has just ended, if it was late: then even a good answer is one. Else null. */
    static @Nullable Throwable exceededBy(AsyncExecution execution, @Nullable Throwable failure) {
        AttemptLimit limits = execution.limits;
        if (limits == null || failure instanceof Error || execution.isCancelled()) {
            return null;
        }
        boolean late = execution.now - execution.attemptEndsAt >= 0;
        return late ? limits.exceeded(execution, execution.attemptLimit, failure) : null;
    }

    private long own(int attemptsBefore) {
        long first = adaptive == null ? perAttempt : adaptive.nanos();
        if (first == NONE || multiplier == 1.0 || attemptsBefore == 0) {
            return first;
        }
        return (long) Math.min(Long.MAX_VALUE - 1, first * Math.pow(multiplier, attemptsBefore));
    }

    /**
     * What an attempt that ran into its limit throws. Cut short by its own timeout or by the call's own total it is the
     * remote's failure; cut short by what an enclosing call had left it says nothing about the remote.
     */
    RuntimeException exceeded(Execution execution, long limit, @Nullable Throwable cause) {
        boolean cutByDeadline = execution.hasDeadline() && (execution.answering || execution.cutByDeadline);
        boolean cutByEnclosingCall = cutByDeadline && execution.deadlineInherited;
        if (latencies != null && !cutByDeadline) {
            latencies.record(limit, execution.now);
        }
        return cutByEnclosingCall
                ? DeadlineExceededException.duringAttempt(execution.call(), execution.attempts(), cause)
                : new AttemptTimeoutException(execution.call(), execution.attempts(), Duration.ofNanos(limit), cause);
    }
}
