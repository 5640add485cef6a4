package io.github.resiliencestarter.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did to a letter: the audit. Immutable.
 *
 * @param time by the clock of the store
 * @param by who, as the host's security knows them
 * @param reason why, in that person's words
 */
public record LetterAction(
        String letterId,
        Instant time,
        Kind kind,
        String by,
        @Nullable String reason) {

    public enum Kind {
        /** It got another payload. */
        EDITED,
        /** It is not needed. */
        DISCARDED,
        /** It was discarded, and is open again. */
        REOPENED
    }
}
