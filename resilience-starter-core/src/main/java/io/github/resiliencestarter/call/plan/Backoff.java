package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with jitter: the n-th wait is {@code delay * multiplier^(n-1)}, spread evenly over plus and minus
 * {@code jitter} of itself, and never longer than {@code maxDelay}. The spread keeps clients that failed together from
 * coming back together (M. Brooker, "Exponential Backoff And Jitter", 2015). Immutable and thread-safe.
 *
 * @param delay the first wait
 * @param multiplier the factor from one wait to the next, at least 1
 * @param maxDelay the longest wait
 * @param jitter the part of a wait that is random, from 0 to 1
 */
public record Backoff(Duration delay, double multiplier, Duration maxDelay, double jitter) {

    /**
     * How long to wait after a failed attempt.
     *
     * @param attempt the attempt that failed, counted from 1
     * @return milliseconds, not negative
     */
    public long millisAfter(int attempt) {
        return millisAfter(attempt, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** As {@link #millisAfter(int)}, with random numbers from 0 to 1 of the caller's, for those who want the same waits again. */
    public long millisAfter(int attempt, DoubleSupplier random) {
        double wait = withoutJitter(attempt);
        double spread = jitter == 0 ? wait : wait * (1 + jitter * (2 * random.getAsDouble() - 1));
        return Math.round(Math.min(spread, maxDelay.toMillis()));
    }

    /** The longest that the waits after the first {@code attempts} attempts can add up to, in milliseconds. */
    long longestMillisAfter(int attempts) {
        long sum = 0;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            sum += millisAfter(attempt, () -> 1.0);
        }
        return sum;
    }

    /** The shortest that they can add up to, in milliseconds. */
    long shortestMillisAfter(int attempts) {
        long sum = 0;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            sum += millisAfter(attempt, () -> 0.0);
        }
        return sum;
    }

    private double withoutJitter(int attempt) {
        double wait = delay.toMillis() * Math.pow(multiplier, attempt - 1);
        return Math.min(wait, maxDelay.toMillis());
    }
}
