package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;

/** A wait that the remote asks for fits into the time of the call. */
final class RetryAfterRule implements PlanRule {

    @Override
    public void check(CallPlan plan, Findings findings) {
        PlanValue longest = plan.value("retry-after.max-wait");
        PlanValue total = plan.value("timeout.total");
        if (longest == null || longest.isBuiltIn() || total == null || !plan.has(Strategy.RETRY)) {
            return;
        }
        if (longest.isAtLeast(total)) {
            findings.warn(
                    longest.origin(),
                    "a wait of " + Text.of(longest.value()) + " never fits into timeout.total, "
                            + Text.of(total.value()),
                    "Lower retry-after.max-wait or raise timeout.total");
        }
    }
}
