package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The letters of one replay: which are to be sent, and what became of those that were. Keeps nothing: it asks the store. */
final class ReplayLetters {

    private final DeadLetterStore store;
    private final ReplayJob job;
    private final LetterFilter toSend;
    private final LetterFilter sent;

    ReplayLetters(DeadLetterStore store, ReplayJob job) {
        this.store = store;
        this.job = job;
        this.toSend = meant(job.request()).withNotReplayedBy(job.id()).withParkedBefore(earliest(job));
        this.sent = LetterFilter.ALL.withReplayId(job.id());
    }

    /** What is open and not left out, whoever has replayed it before. */
    static LetterFilter meant(ReplayRequest request) {
        return request.letters().withStatus(LetterStatus.OPEN).withMaxReplayCount(request.maxReplays() - 1);
    }

    /** What would be meant if no letter could be replayed too often. */
    static LetterFilter meantWithoutGuard(ReplayRequest request) {
        return request.letters().withStatus(LetterStatus.OPEN);
    }

    /** Letters that come while it is running are not a part of it: it would never come to its end. */
    private static Instant earliest(ReplayJob job) {
        Instant asked = job.request().letters().parkedBefore();
        return asked != null && asked.isBefore(job.createdAt()) ? asked : job.createdAt();
    }

    List<ParkedLetter> claim(String owner, Duration lease, int limit) {
        String letterId = job.request().letterId();
        if (letterId == null) {
            return store.claim(toSend, owner, lease, limit);
        }
        return left() == 0
                ? List.of()
                : store.claim(letterId, owner, lease).stream().toList();
    }

    /** How many are to be sent, those included that somebody has claimed: whoever it was may have crashed. */
    long left() {
        String letterId = job.request().letterId();
        return letterId == null
                ? store.count(toSend)
                : store.find(letterId).filter(this::isToBeSent).stream().count();
    }

    private boolean isToBeSent(ParkedLetter letter) {
        return letter.status() == LetterStatus.OPEN
                && !job.id().equals(letter.letter().replayId());
    }

    long leftOut() {
        return job.request().letterId() != null
                ? 0
                : store.count(toSend.withMaxReplayCount(null)) - store.count(toSend);
    }

    long sent() {
        return store.count(sent);
    }

    long sentAndNow(LetterStatus status) {
        return store.count(sent.withStatus(status));
    }

    Optional<ParkedLetter> failedAgain() {
        return store.find(sent.withStatus(LetterStatus.OPEN), null, 1).stream().findFirst();
    }

    boolean markSent(ParkedLetter letter) {
        return store.replayed(letter.id(), letter.token(), job.id());
    }

    /** It is open again, for this replay or for any other. */
    void giveBack(ParkedLetter letter, @Nullable String note) {
        store.finish(letter.id(), letter.token(), LetterStatus.OPEN, note);
    }
}
