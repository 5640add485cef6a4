package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The meters of strategies that not every call has: they are there, with a zero, exactly where the strategy is. */
final class StrategyMeters {

    private StrategyMeters() {}

    static void register(CallPlan plan, CallCounts counts, MeterRegistry registry) {
        if (plan.has(Strategy.HEDGE)) {
            counter("resilience.call.hedges.started", "Attempts started beside one that took long", plan, registry)
                    .of(counts, CallCounts::hedgesStarted);
            counter("resilience.call.hedges.won", "Hedges that answered first", plan, registry)
                    .of(counts, CallCounts::hedgesWon);
        }
        if (plan.has(Strategy.LAST_KNOWN_GOOD)) {
            counter(
                            "resilience.call.stale",
                            "Failures that the last known good answer took the place of",
                            plan,
                            registry)
                    .of(counts, CallCounts::staleAnswers);
        }
    }

    /** What is left to say: where the number is read. */
    private interface Counter {
        void of(CallCounts counts, ToDoubleFunction<CallCounts> number);
    }

    private static Counter counter(String name, String description, CallPlan plan, MeterRegistry registry) {
        return (counts, number) -> FunctionCounter.builder(name, counts, number)
                .description(description)
                .tag("call", plan.name())
                .register(registry);
    }
}
