package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;

/** The threads of a call are as many as they can be, and bound what they are meant to. */
final class ThreadPoolRule implements PlanRule {

    private static final String PREFIX = "thread-pool-bulkhead.";

    @Override
    public void check(CallPlan plan, Findings findings) {
        if (!plan.has(Strategy.THREAD_POOL_BULKHEAD) || plan.borrows("thread-pool-bulkhead")) {
            return;
        }
        Integer core = plan.find(PREFIX + "core-thread-pool-size", Integer.class);
        int max = plan.get(PREFIX + "max-thread-pool-size", Integer.class);
        if (core != null && core > max) {
            findings.error(
                    plan.originUnder(PREFIX + "core-thread-pool-size"),
                    core + " is more than thread-pool-bulkhead.max-thread-pool-size, " + max,
                    "Lower it, or raise max-thread-pool-size");
        }
        bulkheadLetsThemAllIn(plan, max, findings);
    }

    private static void bulkheadLetsThemAllIn(CallPlan plan, int threads, Findings findings) {
        PlanValue slots = plan.value("bulkhead.max-concurrent-calls");
        if (slots == null || !plan.has(Strategy.BULKHEAD) || plan.borrows("bulkhead") || slots.isBuiltIn()) {
            return;
        }
        if ((Integer) slots.value() < threads && !plan.has(Strategy.HEDGE)) {
            findings.warn(
                    slots.origin(),
                    slots.value() + " calls never need the " + threads
                            + " threads of thread-pool-bulkhead.max-thread-pool-size",
                    "Lower max-thread-pool-size, or raise bulkhead.max-concurrent-calls");
        }
    }
}
