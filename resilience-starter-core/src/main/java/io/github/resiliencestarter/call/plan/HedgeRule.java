package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Another attempt beside the first one does no harm, and comes while it can still be of use. */
final class HedgeRule implements PlanRule {

    @Override
    public void check(CallPlan plan, Findings findings) {
        if (!plan.has(Strategy.HEDGE)) {
            return;
        }
        if (Boolean.FALSE.equals(plan.find("idempotent", Boolean.class))) {
            findings.error(
                    plan.originUnder("hedge."),
                    "a hedge makes the call twice, which idempotent: false forbids",
                    "Set hedge.enabled: false, or idempotent: true if the effect of two attempts is that of one");
        }
        comesInTime(plan, findings);
        findsAThread(plan, findings);
    }

    private static void comesInTime(CallPlan plan, Findings findings) {
        PlanValue delay = Objects.requireNonNull(plan.value("hedge.delay"));
        Duration fixed = ((HedgeDelay) delay.value()).fixed();
        if (fixed == null) {
            return;
        }
        if (fixed.isZero() || fixed.isNegative()) {
            findings.error(
                    delay.origin(),
                    Text.of(fixed) + " must be longer than 0",
                    "Use a time that most attempts do not take, or a quantile such as p95");
        }
        comesBefore("timeout.per-attempt", plan, delay, fixed, findings);
        comesBefore("timeout.total", plan, delay, fixed, findings);
    }

    private static void comesBefore(String key, CallPlan plan, PlanValue delay, Duration fixed, Findings findings) {
        @Nullable Duration limit = plan.find(key, Duration.class);
        if (limit != null && fixed.compareTo(limit) >= 0) {
            findings.error(
                    delay.origin(),
                    "no hedge ever starts, for " + key + " ends the attempt after " + Text.of(limit)
                            + ", before hedge.delay, " + Text.of(fixed),
                    "Lower hedge.delay, or raise " + key);
        }
    }

    private static void findsAThread(CallPlan plan, Findings findings) {
        Integer queue = plan.find("thread-pool-bulkhead.queue-capacity", Integer.class);
        boolean ownPool = plan.has(Strategy.THREAD_POOL_BULKHEAD) && !plan.borrows("thread-pool-bulkhead");
        if (ownPool && queue != null && queue > 0) {
            findings.error(
                    plan.originUnder("thread-pool-bulkhead.queue-capacity"),
                    "a hedge would wait in the same queue as the attempt that it is to help",
                    "Set thread-pool-bulkhead.queue-capacity: 0, or hedge.enabled: false");
        }
    }
}
