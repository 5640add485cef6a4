package io.github.resiliencestarter.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a store keeps it. Immutable.
 *
 * @param token grows with each {@linkplain DeadLetterStore#claim claim}; who comes with an older one has been fenced
 * @param parkedAt by the clock of the store, when it came for the first time
 * @param note why it is in this status: the reason of a discard, or of a replay
 */
public record ParkedLetter(
        DeadLetter letter,
        LetterStatus status,
        long token,
        Instant parkedAt,
        @Nullable String note) {

    public String id() {
        return letter.id();
    }
}
