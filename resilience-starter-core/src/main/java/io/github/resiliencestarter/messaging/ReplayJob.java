package io.github.resiliencestarter.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is kept: whoever runs it may crash, and another instance goes on. Immutable.
 *
 * @param id travels with each message in a header ({@link Replay#id()})
 * @param token grows with each claim; who comes with an older one has been fenced
 * @param sent how many letters the broker has confirmed
 * @param createdAt by the clock of the store
 * @param endedAt null while it is running
 * @param note why it ended; null while it is running, or if there is nothing to say
 */
public record ReplayJob(
        String id,
        ReplayRequest request,
        ReplayStatus status,
        long token,
        long sent,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String note) {

    /** What is written on each of its messages. */
    public Replay replay() {
        return new Replay(id, request.requestedBy(), request.reason());
    }
}
