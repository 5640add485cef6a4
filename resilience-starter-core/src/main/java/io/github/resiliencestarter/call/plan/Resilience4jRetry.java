package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A retry as resilience4j's properties spell it. Its own module ignores some combinations in silence (exponential
 * back-off without {@code wait-duration}, {@code exponential-max-wait-duration} alone); here each key does what it says.
 */
record Resilience4jRetry(
        @Nullable Integer maxAttempts,
        @Nullable Duration waitDuration,
        @Nullable Boolean enableExponentialBackoff,
        @Nullable Double exponentialBackoffMultiplier,
        @Nullable Duration exponentialMaxWaitDuration,
        @Nullable Boolean enableRandomizedWait,
        @Nullable Double randomizedWaitFactor,
        @Nullable List<Class<? extends Throwable>> retryExceptions,
        @Nullable List<Class<? extends Throwable>> ignoreExceptions) {

    private static final Duration DEFAULT_WAIT = Duration.ofMillis(500);
    private static final double DEFAULT_MULTIPLIER = 1.5;
    private static final double DEFAULT_RANDOMIZED_WAIT_FACTOR = 0.5;

    /** Our key of each of theirs, below {@code retry}; a back-off key may come from several of theirs. */
    private static final Map<String, List<String>> THEIR_KEYS = Map.of(
            "backoff.delay", List.of("wait-duration"),
            "backoff.multiplier",
                    List.of("exponential-backoff-multiplier", "enable-exponential-backoff", "wait-duration"),
            "backoff.max-delay", List.of("exponential-max-wait-duration", "wait-duration"),
            "backoff.jitter", List.of("randomized-wait-factor", "enable-randomized-wait", "wait-duration"));

    static List<String> theirKeys(String ourKey) {
        return THEIR_KEYS.getOrDefault(ourKey, List.of(ourKey));
    }

    RetrySettings toSettings() {
        return new RetrySettings(null, null, maxAttempts, toBackoff(), retryExceptions, ignoreExceptions);
    }

    private @Nullable BackoffSettings toBackoff() {
        boolean exponential = Boolean.TRUE.equals(enableExponentialBackoff)
                || (enableExponentialBackoff == null && exponentialMaxWaitDuration != null);
        boolean randomized = Boolean.TRUE.equals(enableRandomizedWait);
        if (waitDuration == null && !exponential && !randomized) {
            return null;
        }
        Duration delay = waitDuration == null ? DEFAULT_WAIT : waitDuration;
        double multiplier = exponential ? orElse(exponentialBackoffMultiplier, DEFAULT_MULTIPLIER) : 1.0;
        double jitter = randomized ? orElse(randomizedWaitFactor, DEFAULT_RANDOMIZED_WAIT_FACTOR) : 0.0;
        return new BackoffSettings(delay, multiplier, maxDelay(delay, exponential), jitter);
    }

    /** Where nothing bounds the wait, resilience4j does not either; a fixed wait must not be cut by our own default. */
    private @Nullable Duration maxDelay(Duration delay, boolean exponential) {
        if (exponentialMaxWaitDuration != null) {
            return exponentialMaxWaitDuration;
        }
        return exponential ? Duration.ofDays(1) : delay;
    }

    private static double orElse(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }
}
