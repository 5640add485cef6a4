package io.github.resiliencestarter.rabbit.listener;

import java.time.Instant;

/**
 * How often the listener was called for a message since it came from the broker. Immutable.
 *
 * @param firstFailedAt when it failed first since then
 */
record Tried(int attempts, Instant firstFailedAt) {

    static Tried notYet() {
        return new Tried(0, Instant.now());
    }

    /** It was tried again in vain. */
    Tried again() {
        return new Tried(attempts + 1, firstFailedAt);
    }
}
