package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import java.util.Objects;

/** A retry budget that is never more than nothing would be retries switched off, said in an odd place. */
final class RetryBudgetRule implements PlanRule {

    @Override
    public void check(CallPlan plan, Findings findings) {
        if (!plan.limitsRetries()) {
            return;
        }
        RetryBudgetSettings budget = plan.retryBudget();
        double reserve = Objects.requireNonNull(budget.minPerSecond())
                * Objects.requireNonNull(budget.window()).toNanos()
                / (double) Duration.ofSeconds(1).toNanos();
        if (Objects.requireNonNull(budget.ratio()) == 0 && reserve < 1) {
            findings.warn(
                    Objects.requireNonNull(plan.value("retry-budget.ratio")).origin(),
                    "with a ratio of 0 and a min-per-second of " + budget.minPerSecond()
                            + " no call is ever tried again",
                    "Set retry.enabled: false, or raise one of them");
        }
    }
}
