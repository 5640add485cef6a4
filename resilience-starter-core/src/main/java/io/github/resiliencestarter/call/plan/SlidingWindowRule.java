package io.github.resiliencestarter.call.plan;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resiliencestarter.Strategy;
import java.time.Duration;
import java.util.Objects;

/** The window can hold the minimum number of calls; otherwise no rate is ever computed and the breaker never opens. */
final class SlidingWindowRule implements PlanRule {

    private static final String MINIMUM = "circuit-breaker.minimum-number-of-calls";
    private static final int BUSY_CALLS_PER_SECOND = 10;

    @Override
    public void check(CallPlan plan, Findings findings) {
        if (!plan.has(Strategy.CIRCUIT_BREAKER) || plan.borrows("circuit-breaker")) {
            return;
        }
        int size = plan.get("circuit-breaker.sliding-window-size", Integer.class);
        int minimum = plan.get(MINIMUM, Integer.class);
        if (size < 1 || minimum < 1) {
            return;
        }
        PlanValue value = Objects.requireNonNull(plan.value(MINIMUM));
        if (plan.get("circuit-breaker.sliding-window-type", SlidingWindowType.class) == SlidingWindowType.COUNT_BASED) {
            if (minimum > size && !value.isBuiltIn()) {
                findings.warn(
                        value.origin(),
                        minimum + " is more than the window of " + size + " calls holds; " + size + " is used",
                        "Lower it to " + size + ", or raise circuit-breaker.sliding-window-size");
            }
        } else {
            timeBased(plan, size, minimum, value, findings);
        }
    }

    private static void timeBased(CallPlan plan, int seconds, int minimum, PlanValue value, Findings findings) {
        double most = mostCalls(plan, seconds);
        if (most < minimum) {
            findings.error(
                    value.origin(),
                    minimum + " calls in a window of " + seconds
                            + "s can never be met, for the rate limiter lets through at most " + (long) most
                            + ": the breaker would never open",
                    "Lower it, or raise circuit-breaker.sliding-window-size");
        } else if (minimum >= (long) seconds * BUSY_CALLS_PER_SECOND) {
            findings.warn(
                    value.origin(),
                    minimum + " calls in a window of " + seconds + "s: below " + minimum / seconds
                            + " calls per second the breaker never opens",
                    "Lower it unless the call is that busy even at night");
        }
    }

    private static double mostCalls(CallPlan plan, int seconds) {
        boolean limited = plan.has(Strategy.RATE_LIMITER) && !plan.borrows("rate-limiter");
        Integer perPeriod = limited ? plan.find("rate-limiter.limit-for-period", Integer.class) : null;
        Duration period = plan.get("rate-limiter.limit-refresh-period", Duration.class);
        if (perPeriod == null || period.isZero() || period.isNegative()) {
            return Double.MAX_VALUE;
        }
        // A window can overlap one period more than fits into it.
        return perPeriod * (Math.ceil(seconds * 1e9 / period.toNanos()) + 1);
    }
}
