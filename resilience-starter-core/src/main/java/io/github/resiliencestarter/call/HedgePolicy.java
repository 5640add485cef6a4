package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.HedgeDelay;
import org.jspecify.annotations.Nullable;

/** When another attempt may be started beside one that takes long. Thread-safe. */
final class HedgePolicy {

    static final long NEVER = Long.MAX_VALUE;

    private final int max;
    private final long fixedDelay;
    private final RecentLatencies.@Nullable Quantile quantile;
    private final boolean callRetries;
    private final OutcomeRules outcomes;
    private final @Nullable CircuitBreaker breaker;
    private final @Nullable RetryBudget budget;
    private final CallCounts counts;
    private final CallObserver[] observers;

    HedgePolicy(CallPlan plan, CallParts parts) {
        HedgeDelay delay = plan.get("hedge.delay", HedgeDelay.class);
        this.max = plan.get("hedge.max", Integer.class);
        this.fixedDelay = delay.fixed() == null ? NEVER : delay.fixed().toNanos();
        this.quantile =
                delay.fixed() == null ? CallParts.required(parts.latencies()).quantile(delay.quantile()) : null;
        this.callRetries = plan.has(Strategy.RETRY);
        this.outcomes = parts.outcomes();
        this.breaker = parts.circuitBreaker();
        this.budget = parts.retryBudget();
        this.counts = parts.counts();
        this.observers = parts.observers().toArray(CallObserver[]::new);
    }

    /**
     * After how many nanoseconds the next hedge is due, or {@link #NEVER}. A trial of a half-open circuit is one attempt, and so
     * is a call that nobody has said may be made twice.
     */
    long delay(Execution execution, int hedgesSoFar) {
        if (hedgesSoFar >= max || execution.trial || !outcomes.isIdempotent(execution)) {
            return NEVER;
        }
        if (quantile == null) {
            return fixedDelay;
        }
        long nanos = quantile.nanos();
        return nanos == RecentLatencies.Quantile.UNKNOWN ? NEVER : nanos;
    }

    /** Whether a hedge may be started now. If so, a token of the budget has been taken. */
    boolean permits(Execution execution, CallScope.Captured scope) {
        if (CircuitBreakerStage.hasOpened(breaker)) {
            return false;
        }
        // What the first attempt does is not known yet. Within its own retries the scope says what holds for calls
        // further inside.
        RetriesInside left = callRetries ? execution.nestedRetries : scope.nestedRetries();
        if (!left.permit(CallOutcome.UNKNOWN)) {
            return suppressed(execution, RetrySuppression.NESTED);
        }
        if (budget != null && !budget.tryAcquire()) {
            return suppressed(execution, RetrySuppression.BUDGET);
        }
        return true;
    }

    void started() {
        counts.hedgeStarted();
    }

    void won() {
        counts.hedgeWon();
    }

    private boolean suppressed(Execution execution, RetrySuppression reason) {
        for (CallObserver observer : observers) {
            observer.suppressed(execution, null, reason);
        }
        return false;
    }
}
