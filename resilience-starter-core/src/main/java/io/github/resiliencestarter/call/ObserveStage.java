package io.github.resiliencestarter.call;

import io.github.resiliencestarter.FailureReason;
import org.jspecify.annotations.Nullable;

/** Outermost: one record for each logical call, whatever way it leaves. */
final class ObserveStage extends Stage {

    private final CallClock clock;
    private final FailureRules failures;
    private final CallCounts counts;
    private final CallObserver[] observers;
    private final CallObserver[] observersOfSuccess;
    private final Stage next;

    ObserveStage(CallParts parts, Stage next) {
        super(next);
        this.clock = parts.clock();
        this.failures = parts.failures();
        this.counts = parts.counts();
        this.observers = parts.observers().toArray(CallObserver[]::new);
        this.observersOfSuccess =
                parts.observers().stream().filter(CallObserver::observesSuccess).toArray(CallObserver[]::new);
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        execution.startedAt = execution.now = clock.nanoTime();
        Object value;
        try {
            value = next.run(execution);
        } catch (Throwable thrown) {
            threw(execution, thrown);
            throw thrown;
        }
        returned(execution);
        return value;
    }

    @Override
    void start(AsyncExecution execution) {
        execution.startedAt = execution.now = clock.nanoTime();
        next.enter(execution);
    }

    @Override
    void succeeded(AsyncExecution execution, @Nullable Object value) {
        if (execution.end()) {
            returned(execution);
            succeed(execution, value);
        } else {
            cancelled(execution);
        }
    }

    @Override
    void failed(AsyncExecution execution, Throwable failure) {
        if (execution.end()) {
            threw(execution, failure);
            fail(execution, failure);
        } else {
            cancelled(execution);
        }
    }

    /** The caller has given up, whatever came out in the end. */
    private void cancelled(AsyncExecution execution) {
        Throwable cancellation = execution.cancellation();
        execution.failed(cancellation, FailureReason.CANCELLED);
        threw(execution, cancellation);
        fail(execution, cancellation);
    }

    private void returned(Execution execution) {
        if (execution.failure() == null) {
            complete(execution, execution.neededAnother() ? Outcome.RECOVERED : Outcome.SUCCESS, null);
        } else {
            execution.now = clock.nanoTime();
            complete(execution, Outcome.FALLBACK, null);
        }
    }

    private void threw(Execution execution, Throwable thrown) {
        execution.now = clock.nanoTime();
        complete(execution, outcomeOf(execution, thrown), thrown);
    }

    private Outcome outcomeOf(Execution execution, Throwable thrown) {
        FailureReason reason = execution.reason();
        if (reason == null) {
            reason = failures.reasonOf(execution, thrown);
            execution.failed(thrown, reason);
        }
        if (reason == FailureReason.BUSINESS) {
            return execution.neededAnother() ? Outcome.RECOVERED : Outcome.SUCCESS;
        }
        if (reason == FailureReason.CANCELLED) {
            return Outcome.CANCELLED;
        }
        return reason.isRejection() ? Outcome.REJECTED : Outcome.FAILED;
    }

    private void complete(Execution execution, Outcome outcome, @Nullable Throwable thrown) {
        execution.completed(outcome, thrown);
        counts.record(outcome, execution.attempts());
        boolean simplyReturned = outcome == Outcome.SUCCESS && thrown == null;
        for (CallObserver observer : simplyReturned ? observersOfSuccess : observers) {
            observer.completed(execution);
        }
    }
}
