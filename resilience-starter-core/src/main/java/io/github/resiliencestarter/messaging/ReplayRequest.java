package io.github.resiliencestarter.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Which letters go back to where they failed, and how. Immutable.
 *
 * @param letters which; of them only the open ones are replayed, each at most once by this replay
 * @param letterId this one letter, however often it was replayed; null for all of {@code letters}
 * @param perSecond at most so many letters in a second; 0 is without a limit
 * @param canary whether to begin with 1, 2, 5 and 20 letters, and to stop if one of them fails again
 * @param maxReplays letters that were replayed so often are left out: they would go round for ever
 * @param requestedBy who asked for it, as the host's security knows them, or the name of a schedule
 * @param reason why, in that person's words; null if none was given
 */
public record ReplayRequest(
        LetterFilter letters,
        @Nullable String letterId,
        double perSecond,
        boolean canary,
        int maxReplays,
        String requestedBy,
        @Nullable String reason) {

    /** The same about one letter. */
    public ReplayRequest withLetterId(String id) {
        return new ReplayRequest(letters, id, perSecond, canary, maxReplays, requestedBy, reason);
    }

    /** The same about other letters. */
    public ReplayRequest withLetters(LetterFilter others) {
        return new ReplayRequest(others, letterId, perSecond, canary, maxReplays, requestedBy, reason);
    }
}
