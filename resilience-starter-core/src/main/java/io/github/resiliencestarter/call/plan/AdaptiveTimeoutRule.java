package io.github.resiliencestarter.call.plan;

import org.jspecify.annotations.Nullable;

/** A timeout that adapts has bounds between which it can, and the call leaves it that much time. */
final class AdaptiveTimeoutRule implements PlanRule {

    @Override
    public void check(CallPlan plan, Findings findings) {
        if (!plan.adaptsTimeout()) {
            return;
        }
        PlanValue perAttempt = plan.value("timeout.per-attempt");
        PlanValue ownMax = plan.value("timeout.adaptive.max");
        PlanValue max = ownMax != null ? ownMax : perAttempt;
        if (max == null) {
            String property = PlanResolver.propertyOf(plan.name()) + ".timeout.adaptive.max";
            findings.error(
                    property,
                    "is missing, and there is no timeout.per-attempt in its place: the timeout would have no upper"
                            + " bound",
                    "Set timeout.adaptive.max, or timeout.per-attempt");
            return;
        }
        PlanValue min = plan.value("timeout.adaptive.min");
        boundsAreInOrder(min, max, ownMax != null, findings);
        PlanValue total = plan.value("timeout.total");
        if (ownMax != null && total != null && ownMax.isLongerThan(total)) {
            findings.error(
                    ownMax.origin(),
                    Text.of(ownMax.value()) + " is longer than timeout.total, " + Text.of(total.value()),
                    "Lower timeout.adaptive.max or raise total");
        }
        if (ownMax != null && perAttempt != null && perAttempt.isLongerThan(ownMax)) {
            findings.warn(
                    perAttempt.origin(),
                    Text.of(perAttempt.value()) + " holds until enough attempts are known, and is longer than"
                            + " timeout.adaptive.max, " + Text.of(ownMax.value()),
                    "Lower timeout.per-attempt or raise timeout.adaptive.max");
        }
    }

    private static void boundsAreInOrder(@Nullable PlanValue min, PlanValue max, boolean isOwn, Findings findings) {
        if (min != null && min.isLongerThan(max)) {
            findings.error(
                    min.origin(),
                    Text.of(min.value()) + " is longer than " + (isOwn ? "timeout.adaptive.max" : "timeout.per-attempt")
                            + ", " + Text.of(max.value()),
                    "Lower timeout.adaptive.min or raise the upper bound");
        }
    }
}
