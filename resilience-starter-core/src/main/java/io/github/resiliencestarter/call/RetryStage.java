package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries again after a back-off. resilience4j's retry classifies, counts and says how long to wait; this stage decides
 * whether another attempt makes sense at all: not for a trial of a HALF_OPEN breaker, not once the breaker has opened,
 * not for a rejection, an interruption or an {@link Error}, not when the deadline comes first, and not where it would add
 * more load than it may.
 */
final class RetryStage extends Stage {

    private static final long STOP = -1;

    private final Retry retry;
    /** Counts the calls that never fail. Nothing is ever remembered in it, so all of them can share it. */
    private final Retry.AsyncContext<Object> untroubled;

    private final boolean looksAtResults;
    private final int maxAttempts;
    private final @Nullable CircuitBreaker breaker;
    private final FailureRules failures;
    private final CallClock clock;
    private final CallObserver[] observers;
    private final RetryLoad load;
    private final Stage next;

    RetryStage(CallPlan plan, CallParts parts, Stage next) {
        this.retry = CallParts.required(parts.retry());
        this.untroubled = retry.asyncContext();
        this.looksAtResults = retry.getRetryConfig().getResultPredicate() != null;
        this.maxAttempts = retry.getRetryConfig().getMaxAttempts();
        this.breaker = parts.circuitBreaker();
        this.failures = parts.failures();
        this.clock = parts.clock();
        this.observers = parts.observers().toArray(CallObserver[]::new);
        this.load = new RetryLoad(plan, parts);
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        CallScope scope = load.enter(execution);
        try {
            return attempts(execution);
        } finally {
            load.leave(scope, execution);
        }
    }

    private @Nullable Object attempts(Execution execution) throws Throwable {
        Retry.AsyncContext<Object> context = looksAtResults ? retry.asyncContext() : untroubled;
        List<Throwable> earlier = List.of();
        while (true) {
            Object value;
            try {
                value = next.run(execution);
            } catch (Throwable failure) {
                context = context == untroubled ? retry.asyncContext() : context;
                long delay = delayAfter(failure, execution, context);
                if (delay == STOP || !load.permitsRetry(execution, failure)) {
                    throw Suppression.keepAll(earlier, failure);
                }
                tell(execution, failure, delay);
                if (!pause(execution, delay)) {
                    throw Suppression.keepAll(earlier, failure);
                }
                earlier = plus(earlier, failure);
                continue;
            }
            if (!looksAtResults || !tryAgainAfter(value, execution, context)) {
                context.onComplete();
                return value;
            }
        }
    }

    private long delayAfter(Throwable failure, Execution execution, Retry.AsyncContext<Object> context) {
        FailureReason reason = failures.reasonOf(failure);
        if (!reason.isRejection() && reason != FailureReason.ERROR && reason != FailureReason.INTERRUPTED) {
            if (mayTryAgain(execution) || execution.attempts() >= maxAttempts || reason == FailureReason.BUSINESS) {
                return withinDeadline(execution, context.onError(failure));
            }
        }
        return STOP;
    }

    /** The result predicate of a resilience4j instance asks for another attempt, and nothing speaks against it. */
    private boolean tryAgainAfter(@Nullable Object value, Execution execution, Retry.AsyncContext<Object> context) {
        if (!mayTryAgain(execution)) {
            return false;
        }
        long delay = withinDeadline(execution, context.onResult(value));
        return delay != STOP && load.permitsRetry(execution, null) && pause(execution, delay);
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

    /** Waits. False if there is to be no other attempt after all; after an interruption the flag is set again. */
    private boolean pause(Execution execution, long delayMillis) {
        try {
            clock.sleep(TimeUnit.MILLISECONDS.toNanos(delayMillis));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        execution.now = clock.nanoTime();
        // The breaker may have opened during the wait, and the wait may have been longer than it was asked to be.
        return mayTryAgain(execution) && !(execution.hasDeadline() && execution.remaining() <= 0);
    }

    private void tell(Execution execution, Throwable failure, long delayMillis) {
        for (CallObserver observer : observers) {
            observer.retrying(execution, failure, delayMillis);
        }
    }

    private static List<Throwable> plus(List<Throwable> earlier, Throwable failure) {
        List<Throwable> more = earlier.isEmpty() ? new ArrayList<>(2) : earlier;
        more.add(failure);
        return more;
    }
}
