package io.github.resiliencestarter.messaging.retry;

import io.github.resiliencestarter.messaging.Delay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The waits of a message between its attempts in place and the dead letter: one level after the other, each in a topic or queue of
 * its own. Immutable and thread-safe.
 *
 * @param delays ascending; empty for none
 * @param jitter the part of a wait that is random, from 0 to 1: drawn for each message, so that what failed together does not come
 *     back together
 */
public record DelayLevels(List<Duration> delays, double jitter) {

    public static final DelayLevels NONE = new DelayLevels(List.of(), 0);

    public DelayLevels {
        delays = List.copyOf(delays);
    }

    public boolean isEmpty() {
        return delays.isEmpty();
    }

    /**
     * Where a message goes that failed now.
     *
     * @param level at which it failed; 0 where it has not waited yet
     * @return null after the last level
     */
    public @Nullable Delay after(int level, Instant now) {
        return after(level, now, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random from 0 to 1 */
    @Nullable
    Delay after(int level, Instant now, DoubleSupplier random) {
        if (level < 0 || level >= delays.size()) {
            return null;
        }
        Duration delay = delays.get(level);
        double factor = jitter == 0 ? 1 : 1 + jitter * (2 * random.getAsDouble() - 1);
        return new Delay(level + 1, delay, now.plusMillis(Math.round(delay.toMillis() * factor)));
    }

    /** The longest wait of this level: what is due later than that has a due time that is wrong. */
    public Duration longest(Duration delay) {
        return Duration.ofMillis(Math.round(delay.toMillis() * (1 + jitter)));
    }
}
