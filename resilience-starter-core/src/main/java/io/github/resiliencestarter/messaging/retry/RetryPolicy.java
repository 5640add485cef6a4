package io.github.resiliencestarter.messaging.retry;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.call.plan.BackoffSettings;
import io.github.resiliencestarter.call.plan.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often, how soon and for which failures a listener is called again for the same message. Immutable.
 *
 * @param maxAttempts the first included; 1 is no retry
 * @param backoff the waits between them
 * @param retryable which failures are worth it
 */
public record RetryPolicy(int maxAttempts, Backoff backoff, Predicate<Throwable> retryable) {

    /** What holds where nothing is configured, as for calls. */
    private static final RetrySettings BUILT_IN = new RetrySettings(
            true,
            null,
            3,
            new BackoffSettings(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0.5),
            List.of(),
            List.of());

    /**
     * @param fatal what this broker knows to be in vain
     * @param nearestFirst each key comes from the first of them that has it, or from the built-in defaults
     */
    public static RetryPolicy of(List<Class<? extends Throwable>> fatal, @Nullable RetrySettings... nearestFirst) {
        List<RetrySettings> layers = Stream.concat(Stream.of(nearestFirst), Stream.of(BUILT_IN))
                .filter(Objects::nonNull)
                .toList();
        boolean enabled = first(layers, RetrySettings::enabled);
        return new RetryPolicy(
                enabled ? first(layers, RetrySettings::maxAttempts) : 1,
                new Backoff(
                        first(layers, backoff(BackoffSettings::delay)),
                        first(layers, backoff(BackoffSettings::multiplier)),
                        first(layers, backoff(BackoffSettings::maxDelay)),
                        first(layers, backoff(BackoffSettings::jitter))),
                new RetryableFailures(
                        first(layers, RetrySettings::retryExceptions),
                        first(layers, RetrySettings::ignoreExceptions),
                        fatal));
    }

    /** Whether there is another attempt after so many. */
    public boolean allows(int attempts, Throwable failure) {
        return attempts < maxAttempts && retryable.test(failure);
    }

    /** The wait after so many attempts, a different one each time where there is jitter. */
    public Duration waitAfter(int attempts) {
        return Duration.ofMillis(backoff.millisAfter(attempts));
    }

    private static <T> Function<RetrySettings, @Nullable T> backoff(Function<BackoffSettings, @Nullable T> key) {
        return settings -> settings.backoff() == null ? null : key.apply(settings.backoff());
    }

    private static <T> T first(List<RetrySettings> layers, Function<RetrySettings, @Nullable T> key) {
        return layers.stream()
                .map(key)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .findFirst()
                .orElseThrow();
    }
}
