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
            new TimeoutSettings(null, null, 1.0, RunsOn.CALLER),
            new RetrySettings(
                    true,
                    null,
                    3,
                    new BackoffSettings(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0.5),
                    List.of(),
                    List.of()),
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
            new RateLimiterSettings(true, null, null, Duration.ofSeconds(1), Duration.ZERO),
            List.of(),
            new FallbackSettings(
                    null,
                    "Call '{call}' failed after {attempts} attempts: {reason}",
                    "Call '{call}' was rejected: {reason}"));

    private BuiltIn() {}
}
