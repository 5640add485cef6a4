package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.messaging.Pause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that failed and is expected to come again. Immutable.
 *
 * @param attempts how often the listener was called for it
 * @param dueNanos when it may be called again, by {@link System#nanoTime()}
 * @param pause what its observers were told, and will be told the end of; null if its partition is not paused
 * @param givenUp why it will not be called again, only dead-lettered; null while there are attempts left
 */
record Remembered(
        long offset,
        int attempts,
        Instant firstFailedAt,
        long dueNanos,
        @Nullable Pause pause,
        @Nullable Throwable givenUp) {

    /** Nobody could even try: it was not read, or something before the listener has failed. */
    static Remembered untried(long offset) {
        return new Remembered(offset, 0, Instant.now(), 0, null, null);
    }

    static Remembered firstTime(long offset) {
        return new Remembered(offset, 1, Instant.now(), 0, null, null);
    }

    /** The same of another record that failed together with this one. */
    Remembered of(long other) {
        return new Remembered(other, attempts, firstFailedAt, dueNanos, pause, givenUp);
    }

    /** It was tried again in vain. */
    Remembered again() {
        return new Remembered(offset, attempts + 1, firstFailedAt, 0, null, null);
    }

    Remembered dueAt(long nanos, @Nullable Pause told) {
        return new Remembered(offset, attempts, firstFailedAt, nanos, told, null);
    }

    Remembered givenUp(Throwable failure) {
        return new Remembered(offset, attempts, firstFailedAt, 0, null, failure);
    }

    Remembered told(Pause of) {
        return new Remembered(offset, attempts, firstFailedAt, dueNanos, of, givenUp);
    }

    long nanosToWait() {
        return Math.max(0, dueNanos - System.nanoTime());
    }
}
