package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resiliencestarter.FailureReason;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Outside retry: one outcome per logical call. The permit is given back or settled on every way out; the time recorded
 * is that of the longest single attempt, for back-off and waiting are ours and not the remote's.
 */
final class CircuitBreakerStage extends Stage {

    private final CircuitBreaker breaker;
    private final FailureRules failures;
    private final Rejections rejections;
    private final boolean looksAtResults;
    private final Stage next;

    CircuitBreakerStage(CallParts parts, Stage next) {
        super(next);
        this.breaker = CallParts.required(parts.circuitBreaker());
        this.failures = parts.failures();
        this.rejections = new Rejections(breaker);
        this.looksAtResults = looksAtResults(breaker.getCircuitBreakerConfig());
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        acquire();
        Object value;
        try {
            execution.trial = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
            value = next.run(execution);
        } catch (Throwable failure) {
            threw(execution, failure);
            throw failure;
        }
        returned(execution, value);
        return value;
    }

    @Override
    void start(AsyncExecution execution) {
        acquire();
        execution.trial = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
        execution.trialOf = execution.trial ? this : null;
        next.enter(execution);
    }

    @Override
    void succeeded(AsyncExecution execution, @Nullable Object value) {
        if (!execution.trialAnswered) {
            returned(execution, value);
        }
        succeed(execution, value);
    }

    @Override
    void failed(AsyncExecution execution, Throwable failure) {
        threw(execution, failure);
        fail(execution, failure);
    }

    /** The first of several elements has come: a trial that waited for the last one might keep the circuit half open for good. */
    void answered(AsyncExecution execution, long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        execution.trial = false;
        execution.trialOf = null;
        execution.trialAnswered = true;
    }

    private void acquire() {
        if (!breaker.tryAcquirePermission()) {
            throw rejections.callNotPermitted();
        }
    }

    private void returned(Execution execution, @Nullable Object value) {
        if (looksAtResults) {
            breaker.onResult(execution.longestAttempt(), TimeUnit.NANOSECONDS, value);
        } else {
            breaker.onSuccess(execution.longestAttempt(), TimeUnit.NANOSECONDS);
        }
    }

    private void threw(Execution execution, Throwable failure) {
        FailureReason reason = failures.reasonOf(execution, failure);
        boolean saysNothingOfTheRemote = reason.isRejection()
                || reason == FailureReason.BUSINESS
                || reason == FailureReason.INTERRUPTED
                || reason == FailureReason.CANCELLED;
        if (saysNothingOfTheRemote) {
            release(execution);
        } else {
            breaker.onError(execution.longestAttempt(), TimeUnit.NANOSECONDS, failure);
        }
    }

    /** Only a trial has taken a permit: one that began before the circuit opened would make one more trial of it. */
    private void release(Execution execution) {
        if (execution.trial) {
            breaker.releasePermission();
        }
    }

    /** Whether a returned value can be a failure, or can change the state; by default it can do neither. */
    private static boolean looksAtResults(CircuitBreakerConfig config) {
        CircuitBreakerConfig defaults = CircuitBreakerConfig.ofDefaults();
        return config.getRecordResultPredicate() != defaults.getRecordResultPredicate()
                || config.getTransitionOnResult() != defaults.getTransitionOnResult();
    }

    /**
     * Whether other threads have opened it since the call was let in. HALF_OPEN then means: opened meanwhile, and probing
     * without us. What there is not does not open.
     */
    static boolean hasOpened(@Nullable CircuitBreaker breaker) {
        if (breaker == null) {
            return false;
        }
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN, HALF_OPEN -> true;
            case CLOSED, DISABLED, METRICS_ONLY -> false;
        };
    }
}
