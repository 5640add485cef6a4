package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replay begins with 1 letter, then 2, then 5, then 20, and goes on only when each of them was processed. Which step it is at is
 * read from the letters, so that another instance goes on with the same step. Used by one thread.
 */
final class Canary {

    /** How many letters were sent in all at the end of each step. */
    private static final long[] ENDS = {1, 3, 8, 28};

    static final long ALL = Long.MAX_VALUE;

    /**
     * What to do next.
     *
     * @param room how many letters may be sent now; 0 means that those that were sent have no verdict yet
     * @param stop why nothing more may be sent; null if it may go on
     */
    record Look(long room, @Nullable String stop) {}

    private final ReplayLetters letters;
    private boolean passed;

    Canary(ReplayLetters letters, boolean wanted) {
        this.letters = letters;
        this.passed = !wanted;
    }

    boolean isOver() {
        return passed;
    }

    Look look() {
        if (passed) {
            return new Look(ALL, null);
        }
        Optional<ParkedLetter> failed = letters.failedAgain();
        if (failed.isPresent()) {
            return new Look(0, failedAgain(failed.get()));
        }
        long sent = letters.sent();
        for (long end : ENDS) {
            if (sent < end) {
                return new Look(end - sent, null);
            }
            if (sent == end && !haveVerdict()) {
                return new Look(0, null);
            }
        }
        passed = true;
        return new Look(ALL, null);
    }

    /** Whether each letter that was sent is processed, or needed by nobody any more. */
    boolean haveVerdict() {
        return letters.sentAndNow(LetterStatus.REPLAYED) == 0;
    }

    private static String failedAgain(ParkedLetter parked) {
        Failure failure = parked.letter().failure();
        return "Letter " + parked.id() + " failed again, with fingerprint " + failure.fingerprint() + " ("
                + failure.exception() + "): put its cause right before the next replay, or set canary: false";
    }
}
