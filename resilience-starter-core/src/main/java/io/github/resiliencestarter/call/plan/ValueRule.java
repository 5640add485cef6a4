package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;
import java.time.Duration;

/** Each number and duration is within what it can be. */
final class ValueRule implements PlanRule {

    /** Time is counted in nanoseconds, of which a number holds less than three centuries. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    @Override
    public void check(CallPlan plan, Findings findings) {
        Checks checks = new Checks(plan, findings);
        checks.positive("timeout.per-attempt");
        checks.positive("timeout.total");
        checks.atLeast("timeout.multiplier", 1, "1.0 keeps the time of each attempt the same");
        checks.within("timeout.adaptive.quantile", Double.MIN_VALUE, 0.999);
        checks.atLeast("timeout.adaptive.factor", 1, "1.0 ends every attempt that is slower than the quantile");
        checks.positive("timeout.adaptive.min");
        checks.positive("timeout.adaptive.max");
        checks.atLeast("retry.max-attempts", 1, "1 means a single attempt and no retry");
        checks.notNegative("retry.backoff.delay");
        checks.notNegative("retry.backoff.max-delay");
        checks.atLeast("retry.backoff.multiplier", 1, "1.0 keeps the wait the same");
        checks.within("retry.backoff.jitter", 0, 1);
        checks.within("retry-budget.ratio", 0, 10);
        checks.atLeast("retry-budget.min-per-second", 0, "0 leaves retries to the ratio alone");
        checks.atLeast("retry-budget.window", Duration.ofMillis(100));
        checks.notNegative("retry-after.max-wait");
        checks.atLeast("circuit-breaker.sliding-window-size", 1, "a window holds at least one call or second");
        checks.atLeast("circuit-breaker.minimum-number-of-calls", 1, "a rate needs at least one call");
        checks.within("circuit-breaker.failure-rate-threshold", Float.MIN_VALUE, 100);
        checks.within("circuit-breaker.slow-call-rate-threshold", Float.MIN_VALUE, 100);
        checks.positive("circuit-breaker.slow-call-duration-threshold");
        checks.atLeast("circuit-breaker.wait-duration-in-open-state", Duration.ofMillis(1));
        checks.atLeast("circuit-breaker.permitted-number-of-calls-in-half-open-state", 1, "one trial is the least");
        checks.atLeast("bulkhead.max-concurrent-calls", 1, "set bulkhead.enabled: false to go without one");
        checks.notNegative("bulkhead.max-wait-duration");
        checks.atLeast(
                "thread-pool-bulkhead.max-thread-pool-size",
                1,
                "set thread-pool-bulkhead.enabled: false to go without one");
        checks.atLeast("thread-pool-bulkhead.core-thread-pool-size", 1, "at least one thread is kept");
        checks.atLeast("thread-pool-bulkhead.queue-capacity", 0, "0 means that no attempt waits for a thread");
        checks.notNegative("thread-pool-bulkhead.keep-alive-duration");
        checks.atLeast("hedge.max", 1, "set hedge.enabled: false to make one attempt at a time");
        checks.positive("last-known-good.max-stale");
        checks.atLeast("last-known-good.max-entries", 1, "set last-known-good.enabled: false to keep nothing");
        checks.positive("rate-limiter.limit-refresh-period");
        checks.notNegative("rate-limiter.timeout-duration");
        checks.atLeast("rate-limiter.limit-for-period", 1, "set rate-limiter.enabled: false to go without one");
        if (plan.has(Strategy.RATE_LIMITER) && !plan.borrows("rate-limiter")) {
            checks.required(
                    "rate-limiter.limit-for-period", "Say how many attempts may start per limit-refresh-period");
        }
    }

    private record Checks(CallPlan plan, Findings findings) {

        void positive(String key) {
            Duration value = plan.find(key, Duration.class);
            if (value != null && (value.isZero() || value.isNegative())) {
                report(key, "must be longer than 0", "Use a duration such as 500ms or 2s, or remove the key");
            } else if (value != null && value.compareTo(LONGEST) > 0) {
                report(key, "must not be longer than a century", "Use a duration such as 500ms or 2s");
            }
        }

        void notNegative(String key) {
            Duration value = plan.find(key, Duration.class);
            if (value != null && value.isNegative()) {
                report(key, "must not be negative", "Use 0 or a duration such as 500ms");
            }
        }

        void atLeast(String key, Duration least) {
            Duration value = plan.find(key, Duration.class);
            if (value != null && value.compareTo(least) < 0) {
                report(key, "must be at least " + least.toMillis() + "ms", "Use a duration such as 30s");
            }
        }

        void atLeast(String key, int least, String remedy) {
            Number value = plan.find(key, Number.class);
            if (value != null && !(value.doubleValue() >= least)) {
                report(key, "must be at least " + least, "Raise it; " + remedy);
            }
        }

        void within(String key, double least, double most) {
            Number value = plan.find(key, Number.class);
            if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
                String from = least == 0 ? "0" : "more than 0";
                String to = most == Math.rint(most) ? Long.toString((long) most) : Double.toString(most);
                report(key, "must be from " + from + " to " + to, "Use a number in that range");
            }
        }

        void required(String key, String remedy) {
            if (plan.value(key) == null) {
                String property = PlanResolver.propertyOf(plan.name()) + "." + key;
                findings.error(property, "is missing, and has no default", remedy);
            }
        }

        private void report(String key, String what, String remedy) {
            PlanValue value = java.util.Objects.requireNonNull(plan.value(key));
            findings.error(value.origin(), Text.of(value.value()) + " " + what, remedy);
        }
    }
}
