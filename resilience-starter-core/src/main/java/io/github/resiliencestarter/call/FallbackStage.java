package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Answers after everything inside has failed, so that breaker and retry always see the original exception. An {@link
 * Error} and a business exception pass straight through; after an interruption the flag of the thread is set again.
 */
final class FallbackStage extends Stage {

    private final FailureRules failures;
    private final OutcomeRules outcomes;
    private final CallClock clock;
    private final @Nullable CircuitBreaker breaker;
    private final @Nullable ExceptionWrapper wrapper;
    private final Stage next;

    FallbackStage(CallPlan plan, CallParts parts, Stage next) {
        super(next);
        this.failures = parts.failures();
        this.outcomes = parts.outcomes();
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
            FailureReason reason = note(execution, failure);
            if (passesThrough(reason)) {
                throw failure;
            }
            if (reason == FailureReason.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            return recover(execution, failure, reason);
        }
    }

    @Override
    void start(AsyncExecution execution) {
        next.enter(execution);
    }

    @Override
    void failed(AsyncExecution execution, Throwable failure) throws Throwable {
        FailureReason reason = note(execution, failure);
        if (passesThrough(reason) || execution.answering || execution.isCancelled()) {
            fail(execution, failure);
            return;
        }
        Object answer = recover(execution, failure, reason);
        if (execution.type().isAsync(answer)) {
            new Answer(this, execution, failure).await(CallParts.required(answer));
        } else {
            succeed(execution, answer);
        }
    }

    private FailureReason note(Execution execution, Throwable failure) {
        FailureReason reason = failures.reasonOf(execution, failure);
        execution.failed(failure, reason);
        boolean unjudged = execution.remoteOutcome() == null;
        if (unjudged && reason != FailureReason.BUSINESS && reason != FailureReason.CANCELLED) {
            outcomes.judge(execution, failure, reason);
        }
        return reason;
    }

    private static boolean passesThrough(FailureReason reason) {
        return reason == FailureReason.ERROR || reason == FailureReason.BUSINESS || reason == FailureReason.CANCELLED;
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

    /** What a fallback has started in the place of a value. */
    private static final class Answer extends Ending {

        private final Throwable original;

        Answer(FallbackStage stage, AsyncExecution execution, Throwable original) {
            super(execution, stage, stage.clock, CallScope.NO_DEADLINE);
            this.original = original;
        }

        /** It has no time limit: that of the call may be over already. */
        @Override
        long answering() {
            return CallScope.NO_DEADLINE;
        }

        @Override
        void ended(@Nullable Object value, @Nullable Throwable failure) {
            if (failure == null) {
                stage.succeed(execution(), value);
            } else {
                stage.fail(execution(), Suppression.keep(original, failure));
            }
        }

        @Override
        void expired() {
            throw new IllegalStateException("A fallback has no time limit");
        }

        @Override
        void abandon(CancellationException cancellation) {
            stage.fail(execution(), cancellation);
        }
    }
}
