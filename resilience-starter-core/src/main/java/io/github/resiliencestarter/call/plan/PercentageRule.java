package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;
import java.math.BigDecimal;
import java.util.List;

/** Thresholds are percentages: what is below 1 was nearly always meant as a fraction, and opens the breaker at the first failure. */
final class PercentageRule implements PlanRule {

    private static final List<String> KEYS =
            List.of("circuit-breaker.failure-rate-threshold", "circuit-breaker.slow-call-rate-threshold");

    @Override
    public void check(CallPlan plan, Findings findings) {
        if (plan.has(Strategy.CIRCUIT_BREAKER) && !plan.borrows("circuit-breaker")) {
            KEYS.forEach(key -> check(plan, key, findings));
        }
    }

    private static void check(CallPlan plan, String key, Findings findings) {
        PlanValue value = plan.value(key);
        Number threshold = plan.find(key, Number.class);
        if (value == null || threshold == null || threshold.doubleValue() <= 0 || threshold.doubleValue() >= 1) {
            return;
        }
        BigDecimal fraction = new BigDecimal(threshold.toString());
        String percent = fraction.movePointRight(2).stripTrailingZeros().toPlainString();
        findings.warn(
                value.origin(),
                fraction.toPlainString()
                        + " is a percentage, of which hardly any window holds so few calls: a single one opens the breaker",
                "Use " + percent + " for " + percent + " %, or 1 for the least that makes sense");
    }
}
