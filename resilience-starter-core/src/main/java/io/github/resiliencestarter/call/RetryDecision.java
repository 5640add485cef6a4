package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether another attempt makes sense, and after which wait. resilience4j's retry classifies, counts and says how long to
 * wait; besides, there is no other attempt for a trial of a HALF_OPEN breaker, once the breaker has opened, for a
 * rejection, an interruption, a cancellation or an {@link Error}, when the deadline comes first, and where it might do harm.
 */
final class RetryDecision {

    static final long STOP = -1;

    private final Retry retry;
    /** Counts the calls that never fail. Nothing is ever remembered in it, so all of them can share it. */
    private final Retry.AsyncContext<Object> untroubled;

    private final boolean looksAtResults;
    private final int maxAttempts;
    private final Predicate<Throwable> retried;
    private final @Nullable CircuitBreaker breaker;
    private final FailureRules failures;
    private final OutcomeRules outcomes;
    private final CallObserver[] observers;

    RetryDecision(CallParts parts) {
        this.retry = CallParts.required(parts.retry());
        this.untroubled = retry.asyncContext();
        this.looksAtResults = retry.getRetryConfig().getResultPredicate() != null;
        this.maxAttempts = retry.getRetryConfig().getMaxAttempts();
        this.retried = retry.getRetryConfig().getExceptionPredicate();
        this.breaker = parts.circuitBreaker();
        this.failures = parts.failures();
        this.outcomes = parts.outcomes();
        this.observers = parts.observers().toArray(CallObserver[]::new);
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
        FailureReason reason = failures.reasonOf(execution, failure);
        if (reason == FailureReason.BUSINESS) {
            return withinDeadline(execution, context.onError(failure));
        }
        if (reason == FailureReason.CANCELLED) {
            return STOP;
        }
        Verdict verdict = outcomes.judge(execution, failure, reason);
        if (execution.answering) {
            return STOP;
        }
        if (!reason.isRejection() && !FailureRules.endsCall(reason)) {
            if (mayTryAgain(execution) || execution.attempts() >= maxAttempts) {
                return withinDeadline(execution, delayAfter(verdict, failure, execution, context));
            }
        }
        return STOP;
    }

    /**
     * resilience4j decides by the exception and by the attempts; what is not allowed is kept from it, so that it does not report
     * a retry that does not come.
     */
    private long delayAfter(
            Verdict verdict, Throwable failure, Execution execution, Retry.AsyncContext<Object> context) {
        boolean allowed = outcomes.allow(verdict, failure, execution);
        if (!allowed && execution.attempts() < maxAttempts && retried.test(failure)) {
            if (outcomes.mayDoHarm(verdict, execution)) {
                tell(execution, failure);
            }
            return STOP;
        }
        long backoff = context.onError(failure);
        return backoff >= 0 && allowed ? outcomes.delayMillis(verdict, backoff) : STOP;
    }

    private void tell(Execution execution, Throwable failure) {
        for (CallObserver observer : observers) {
            observer.suppressed(execution, failure, RetrySuppression.UNKNOWN_OUTCOME);
        }
    }

    /** The same after a value: the result predicate of a resilience4j instance may ask for another attempt. */
    long delayAfterValue(@Nullable Object value, Execution execution, Retry.AsyncContext<Object> context) {
        if (!looksAtResults || execution.answering || !mayTryAgain(execution)) {
            return STOP;
        }
        return withinDeadline(execution, context.onResult(value));
    }

    /** After the wait: the breaker may have opened, and the wait may have been longer than it was asked to be. */
    boolean stands(Execution execution) {
        return mayTryAgain(execution) && !(execution.hasDeadline() && execution.remaining() <= 0);
    }

    private boolean mayTryAgain(Execution execution) {
        return !execution.trial && !CircuitBreakerStage.hasOpened(breaker);
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
