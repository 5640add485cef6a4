package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Whether another attempt may add to the load. It is asked last, when everything else speaks for a retry: a token that is taken
 * is spent. Thread-safe.
 */
final class RetryLoad {

    private final @Nullable RetryBudget budget;
    private final boolean suppressesNested;
    private final OutcomeRules outcomes;
    private final CallObserver[] observers;

    RetryLoad(CallPlan plan, CallParts parts) {
        this.budget = parts.retryBudget();
        this.suppressesNested = plan.suppressesNestedRetries();
        this.outcomes = parts.outcomes();
        this.observers = parts.observers().toArray(CallObserver[]::new);
    }

    /** The attempts of this call begin: those made inside of it leave to it what it will try again itself. */
    CallScope enter(Execution execution) {
        CallScope scope = CallScope.ofThread();
        RetriesInside around = scope.nestedRetries();
        execution.nestedRetries = around;
        scope.nestedRetries(around.and(inside(execution)));
        return scope;
    }

    /** The same for attempts that move from thread to thread: each one takes along what holds for the calls inside. */
    void enter(AsyncExecution execution, CallScope scope) {
        execution.nestedRetries = scope.nestedRetries();
        execution.nestedInside = inside(execution);
    }

    private RetriesInside inside(Execution execution) {
        if (!suppressesNested) {
            return RetriesInside.ALLOWED;
        }
        return outcomes.isIdempotent(execution) ? RetriesInside.SUPPRESSED : RetriesInside.AFTER_UNKNOWN;
    }

    /** They have ended, on the same thread. */
    void leave(CallScope scope, Execution execution) {
        scope.nestedRetries(execution.nestedRetries);
    }

    /** Whether to try again. If so, a token has been taken; if not, the observers have been told. */
    boolean permitsRetry(Execution execution, @Nullable Throwable failure) {
        if (!execution.nestedRetries.permit(failure == null ? null : execution.lastRemoteOutcome())) {
            return suppress(execution, failure, RetrySuppression.NESTED);
        }
        if (budget != null && !budget.tryAcquire()) {
            return suppress(execution, failure, RetrySuppression.BUDGET);
        }
        return true;
    }

    private boolean suppress(Execution execution, @Nullable Throwable failure, RetrySuppression reason) {
        for (CallObserver observer : observers) {
            observer.suppressed(execution, failure, reason);
        }
        return false;
    }
}
