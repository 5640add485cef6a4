package io.github.resiliencestarter.call.plan;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resiliencestarter.call.plan.TimeoutSettings.RunsOn;
import java.time.Duration;
import java.util.List;

/** What holds for a call where nothing is configured: the farthest layer of every plan. */
final class BuiltIn {

    static final CallSettings SETTINGS = new CallSettings(
            null,
            true,
            null,
            new TimeoutSettings(
                    null,
                    null,
                    1.0,
                    RunsOn.CALLER,
                    new AdaptiveTimeoutSettings(0.99, 2.0, Duration.ofMillis(10), null)),
            new RetrySettings(
                    true,
                    null,
                    3,
                    new BackoffSettings(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0.5),
                    List.of(),
                    List.of()),
            new RetryBudgetSettings(true, 0.2, 10, Duration.ofSeconds(10)),
            new RetryAfterSettings(true, Duration.ofSeconds(30)),
            NestedRetries.SUPPRESS,
            new HedgeSettings(true, HedgeDelay.of("p95"), 1),
            new CircuitBreakerSettings(
                    true,
                    null,
                    SlidingWindowType.COUNT_BASED,
                    50,
                    10,
                    50f,
                    Duration.ofSeconds(60),
                    100f,
                    Duration.ofSeconds(30),
                    3,
                    true,
                    List.of(),
                    List.of()),
            new BulkheadSettings(true, null, 25, Duration.ZERO),
            new ThreadPoolBulkheadSettings(true, null, 16, null, 0, Duration.ofMillis(20)),
            new RateLimiterSettings(true, null, null, Duration.ofSeconds(1), Duration.ZERO),
            List.of(),
            new FallbackSettings(
                    null,
                    "Call '{call}' failed after {attempts} attempts: {reason}",
                    "Call '{call}' was rejected: {reason}"),
            new LastKnownGoodSettings(true, Duration.ofMinutes(10), 10_000));

    private BuiltIn() {}
}
