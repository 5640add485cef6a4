package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;
import java.util.List;

/**
 * The linter: reads a plan before anything is made of it. Values that cannot be used are errors; what can be used but
 * hardly be meant is a warning. Immutable.
 */
public final class PlanRules {

    private static final List<PlanRule> RULES = List.of(
            new ValueRule(),
            new ExceptionListRule(),
            new BorrowedInstanceRule(),
            new TimeBudgetRule(),
            new AdaptiveTimeoutRule(),
            new RetryBudgetRule(),
            new HedgeRule(),
            new LastKnownGoodRule(),
            new ThreadPoolRule(),
            new RetryAfterRule(),
            new SlidingWindowRule(),
            new PercentageRule());

    public void check(CallPlan plan, Findings findings) {
        if (plan.has(Strategy.OBSERVE)) {
            RULES.forEach(rule -> rule.check(plan, findings));
        }
    }
}
