package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Answers after everything inside has failed, so that breaker and retry always see the original exception. An {@link
 * Error} and a business exception pass straight through; after an interruption the flag of the thread is set again.
 */
final class FallbackStage extends Stage {

    private final FailureRules failures;
    private final CallClock clock;
    private final @Nullable CircuitBreaker breaker;
    private final @Nullable ExceptionWrapper wrapper;
    private final Stage next;

    FallbackStage(CallPlan plan, CallParts parts, Stage next) {
        this.failures = parts.failures();
        this.clock = parts.clock();
        this.breaker = parts.circuitBreaker();
        this.wrapper = ExceptionWrapper.of(plan.wrapWith(), plan);
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        try {
            return next.run(execution);
        } catch (Throwable failure) {
            FailureReason reason = failures.reasonOf(failure);
            execution.failed(failure, reason);
            if (reason == FailureReason.ERROR || reason == FailureReason.BUSINESS) {
                throw failure;
            }
            if (reason == FailureReason.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            return recover(execution, failure, reason);
        }
    }

    private @Nullable Object recover(Execution execution, Throwable failure, FailureReason reason) throws Throwable {
        execution.now = clock.nanoTime();
        var details = execution.toFailure(failure, reason, breaker);
        Object answer;
        try {
            answer = execution.recover(details);
        } catch (Throwable fromFallback) {
            throw Suppression.keep(failure, fromFallback);
        }
        if (answer != Recovery.NONE) {
            return answer;
        }
        throw wrapper == null ? failure : wrapper.wrap(details);
    }
}
