package io.github.resiliencestarter.messaging;

import java.time.Instant;

/**
 * A listener that takes no messages, because of us. Whoever else pauses it is not affected: it goes on when nobody pauses it.
 * Immutable.
 *
 * @param listener the id of the listener's container
 * @param source {@link Source#name()} of what is not consumed
 * @param detail what is open, full or down, for people
 */
public record Pause(String listener, String source, Reason reason, String detail, Instant since) {

    public enum Reason {
        /** What the listener calls is known to be down. */
        OPEN_CIRCUIT,
        /** What the listener calls has no room for more. */
        FULL_BULKHEAD,
        /** A message is tried again later than its listener may sleep. */
        LONG_BACKOFF,
        /** Neither the broker nor the store takes a dead letter. */
        UNDELIVERABLE
    }
}
