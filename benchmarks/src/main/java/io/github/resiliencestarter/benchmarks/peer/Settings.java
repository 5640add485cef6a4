package io.github.resiliencestarter.benchmarks.peer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The settings that all peers share, as far as each of them knows the setting. */
final class Settings {

    static final int MAX_ATTEMPTS = 3;
    static final int WINDOW = 50;
    static final int MINIMUM_CALLS = 10;
    static final int FAILURE_RATE = 50;
    static final Duration OPEN_STATE = Duration.ofHours(1);
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Settings() {}

    static CircuitBreakerConfig breaker() {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(MINIMUM_CALLS)
                .failureRateThreshold(FAILURE_RATE)
                .waitDurationInOpenState(OPEN_STATE)
                .build();
    }

    static RetryConfig retry() {
        return RetryConfig.custom()
                .maxAttempts(MAX_ATTEMPTS)
                .waitDuration(Duration.ZERO)
                .build();
    }

    /** The same for ours, and the order of the aspects, lower is outer, for resilience4j's annotations. */
    static Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("resilience4j.circuitbreaker.circuit-breaker-aspect-order", 1);
        properties.put("resilience4j.retry.retry-aspect-order", 2);
        // the peers try everything again
        properties.put("resilience.defaults.idempotent", true);
        // every call of FailThenSucceed is tried again: the budget has part in it, and is never spent
        properties.put("resilience.defaults.retry-budget.ratio", 2);
        properties.putAll(call(Ours.PLAIN));
        properties.putAll(call(Ours.TIMED));
        properties.putAll(call(Ours.LATER));
        properties.put("resilience.calls." + Ours.TIMED + ".timeout.per-attempt", TIMEOUT);
        return properties;
    }

    private static Map<String, Object> call(String name) {
        String call = "resilience.calls." + name;
        return Map.of(
                call + ".retry.max-attempts", MAX_ATTEMPTS,
                call + ".retry.backoff.delay", Duration.ZERO,
                call + ".retry.backoff.jitter", 0,
                call + ".circuit-breaker.sliding-window-type", SlidingWindowType.COUNT_BASED,
                call + ".circuit-breaker.sliding-window-size", WINDOW,
                call + ".circuit-breaker.minimum-number-of-calls", MINIMUM_CALLS,
                call + ".circuit-breaker.failure-rate-threshold", FAILURE_RATE,
                call + ".circuit-breaker.wait-duration-in-open-state", OPEN_STATE);
    }
}
