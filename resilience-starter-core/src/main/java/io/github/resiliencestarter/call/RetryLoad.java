package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether another attempt may add to the load. It is asked last, when everything else speaks for a retry: a token that is taken
 * is spent. Thread-safe.
 */
final class RetryLoad {

    private final @Nullable RetryBudget budget;
    private final boolean suppressesNested;
    private final CallObserver[] observers;

    RetryLoad(CallPlan plan, CallParts parts) {
        this(parts.retryBudget(), plan.suppressesNestedRetries(), parts.observers());
    }

    private RetryLoad(@Nullable RetryBudget budget, boolean suppressesNested, List<CallObserver> observers) {
        this.budget = budget;
        this.suppressesNested = suppressesNested;
        this.observers = observers.toArray(CallObserver[]::new);
    }

    /** The attempts of this call begin: those made inside of it leave trying again to it. */
    CallScope enter(Execution execution) {
        CallScope scope = CallScope.ofThread();
        execution.nestedInRetry = scope.suppressesRetries;
        scope.suppressesRetries |= suppressesNested;
        return scope;
    }

    /** The same for attempts that move from thread to thread: each one takes along what holds for the calls inside. */
    void enter(AsyncExecution execution, CallScope scope) {
        execution.nestedInRetry = scope.suppressesRetries;
        execution.suppressesRetries = suppressesNested;
    }

    /** They have ended, on the same thread. */
    void leave(CallScope scope, Execution execution) {
        scope.suppressesRetries = execution.nestedInRetry;
    }

    /** Whether to try again. If so, a token has been taken; if not, the observers have been told. */
    boolean permitsRetry(Execution execution, @Nullable Throwable failure) {
        if (execution.nestedInRetry) {
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
