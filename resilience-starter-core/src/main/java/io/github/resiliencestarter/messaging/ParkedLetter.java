package io.github.resiliencestarter.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a store keeps it. Immutable.
 *
 * @param letter as it came; its {@code replayId} is the last replay that touched it, and its payload is what somebody has made of it
 * @param token grows with each {@linkplain DeadLetterStore#claim claim}; who comes with an older one has been fenced
 * @param parkedAt by the clock of the store, when it came for the first time
 * @param changedAt by the clock of the store, when its status, its payload or its last failure changed
 * @param note why it is in this status: the reason of a discard, or of a replay, or how a handler has settled it
 */
public record ParkedLetter(
        DeadLetter letter,
        LetterStatus status,
        long token,
        Instant parkedAt,
        Instant changedAt,
        @Nullable String note) {

    public String id() {
        return letter.id();
    }
}
