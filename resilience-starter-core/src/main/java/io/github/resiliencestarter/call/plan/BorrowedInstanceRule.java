package io.github.resiliencestarter.call.plan;

import java.util.List;
import java.util.Map;

/** A borrowed resilience4j instance is used as it is: keys beside it would be ignored. */
final class BorrowedInstanceRule implements PlanRule {

    private static final List<String> PATTERNS =
            List.of("circuit-breaker", "retry", "bulkhead", "thread-pool-bulkhead", "rate-limiter");

    @Override
    public void check(CallPlan plan, Findings findings) {
        for (String pattern : PATTERNS) {
            PlanValue instance = plan.value(pattern + ".instance");
            if (instance != null) {
                plan.values().forEach((key, value) -> {
                    if (refines(pattern, Map.entry(key, value), instance)) {
                        findings.error(
                                value.origin(),
                                "has no effect, because " + pattern + ".instance borrows '" + instance.value()
                                        + "' as it is",
                                "Remove it, or set it in resilience4j's own properties of '" + instance.value() + "'");
                    }
                });
            }
        }
    }

    /** Only what stands as near to the call as the borrowing itself; defaults for all calls are no contradiction. */
    private static boolean refines(String pattern, Map.Entry<String, PlanValue> entry, PlanValue instance) {
        String key = entry.getKey();
        return key.startsWith(pattern + ".")
                && !key.equals(pattern + ".instance")
                && !key.equals(pattern + ".enabled")
                && entry.getValue().layer().compareTo(LayerKind.RESILIENCE4J) < 0
                && entry.getValue().layer().compareTo(instance.layer()) <= 0;
    }
}
