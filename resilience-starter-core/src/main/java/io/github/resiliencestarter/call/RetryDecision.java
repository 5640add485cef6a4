package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resiliencestarter.FailureReason;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether another attempt makes sense, and after which wait. resilience4j's retry classifies, counts and says how long to
 * wait; besides, there is no other attempt for a trial of a HALF_OPEN breaker, once the breaker has opened, for a
 * rejection, an interruption, a cancellation or an {@link Error}, and when the deadline comes first.
 */
final class RetryDecision {

    static final long STOP = -1;

    private final Retry retry;
    /** Counts the calls that never fail. Nothing is ever remembered in it, so all of them can share it. */
    private final Retry.AsyncContext<Object> untroubled;

    private final boolean looksAtResults;
    private final int maxAttempts;
    private final @Nullable CircuitBreaker breaker;
    private final FailureRules failures;

    RetryDecision(CallParts parts) {
        this.retry = CallParts.required(parts.retry());
        this.untroubled = retry.asyncContext();
        this.looksAtResults = retry.getRetryConfig().getResultPredicate() != null;
        this.maxAttempts = retry.getRetryConfig().getMaxAttempts();
        this.breaker = parts.circuitBreaker();
        this.failures = parts.failures();
    }

    /** What resilience4j remembers of a call that begins. */
    Retry.AsyncContext<Object> begin() {
        return looksAtResults ? retry.asyncContext() : untroubled;
    }

    /** The same, once there is something to remember. */
    Retry.AsyncContext<Object> remembering(Retry.AsyncContext<Object> context) {
        return context == untroubled ? retry.asyncContext() : context;
    }

    /** Milliseconds to wait after the failure of an attempt, or {@link #STOP}. */
    long delayAfter(Throwable failure, Execution execution, Retry.AsyncContext<Object> context) {
        FailureReason reason = failures.reasonOf(failure);
        boolean isFinal = reason.isRejection()
                || reason == FailureReason.ERROR
                || reason == FailureReason.INTERRUPTED
                || reason == FailureReason.CANCELLED;
        if (!isFinal) {
            if (mayTryAgain(execution) || execution.attempts() >= maxAttempts || reason == FailureReason.BUSINESS) {
                return withinDeadline(execution, context.onError(failure));
            }
        }
        return STOP;
    }

    /** The same after a value: the result predicate of a resilience4j instance may ask for another attempt. */
    long delayAfterValue(@Nullable Object value, Execution execution, Retry.AsyncContext<Object> context) {
        if (!looksAtResults || !mayTryAgain(execution)) {
            return STOP;
        }
        return withinDeadline(execution, context.onResult(value));
    }

    /** After the wait: the breaker may have opened, and the wait may have been longer than it was asked to be. */
    boolean stands(Execution execution) {
        return mayTryAgain(execution) && !(execution.hasDeadline() && execution.remaining() <= 0);
    }

    private boolean mayTryAgain(Execution execution) {
        if (execution.trial) {
            return false;
        }
        if (breaker == null) {
            return true;
        }
        // Other threads may have opened it. HALF_OPEN then means: opened meanwhile, and probing without us.
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN, HALF_OPEN -> false;
            case CLOSED, DISABLED, METRICS_ONLY -> true;
        };
    }

    private static long withinDeadline(Execution execution, long delayMillis) {
        if (delayMillis < 0) {
            return STOP;
        }
        boolean tooLate =
                execution.hasDeadline() && TimeUnit.MILLISECONDS.toNanos(delayMillis) >= execution.remaining();
        return tooLate ? STOP : delayMillis;
    }
}
