package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;
import java.util.function.BooleanSupplier;
import org.springframework.util.ClassUtils;

/** What keeps the last known good answers is there. */
final class LastKnownGoodRule implements PlanRule {

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    private final BooleanSupplier caffeinePresent;

    LastKnownGoodRule() {
        this(() -> ClassUtils.isPresent(CAFFEINE, LastKnownGoodRule.class.getClassLoader()));
    }

    LastKnownGoodRule(BooleanSupplier caffeinePresent) {
        this.caffeinePresent = caffeinePresent;
    }

    @Override
    public void check(CallPlan plan, Findings findings) {
        if (plan.has(Strategy.LAST_KNOWN_GOOD) && !caffeinePresent.getAsBoolean()) {
            findings.error(
                    plan.originUnder("last-known-good."),
                    "the last known good answers are kept by Caffeine, which is not there",
                    "Add the dependency com.github.ben-manes.caffeine:caffeine, or set last-known-good.enabled: false");
        }
    }
}
