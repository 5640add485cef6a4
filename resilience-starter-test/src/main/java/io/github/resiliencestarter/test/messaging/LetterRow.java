package io.github.resiliencestarter.test.messaging;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.LetterAction;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A letter in memory, and what may happen to it. Guarded by its store. */
final class LetterRow {

    private final Instant parkedAt;
    final List<LetterAction> actions = new ArrayList<>();
    private DeadLetter letter;
    private LetterStatus status;
    private Instant changedAt;
    private long token;
    private @Nullable Instant leasedUntil;
    private @Nullable String note;

    LetterRow(DeadLetter letter, LetterStatus status, @Nullable String note, Instant now) {
        this.letter = letter;
        this.status = status;
        this.note = note;
        this.parkedAt = now;
        this.changedAt = now;
    }

    /** Whether a letter that was replayed so often has failed since this one did. */
    boolean isOlderThan(int replayCount) {
        return letter.replayCount() < replayCount;
    }

    boolean isOpen() {
        return status == LetterStatus.OPEN;
    }

    boolean isFree(Instant now) {
        return isOpen() && (leasedUntil == null || !leasedUntil.isAfter(now));
    }

    boolean isFencing(long token) {
        return this.token != token;
    }

    boolean isClaimed() {
        return leasedUntil != null;
    }

    boolean isDoneSince(Instant limit) {
        return (status == LetterStatus.RESOLVED || status == LetterStatus.DISCARDED) && !changedAt.isAfter(limit);
    }

    void claim(Instant now, Duration lease) {
        token++;
        leasedUntil = now.plus(lease);
    }

    void settle(LetterStatus status, @Nullable String note, Instant now) {
        this.status = status;
        this.note = note;
        this.changedAt = now;
        this.leasedUntil = null;
    }

    void replace(DeadLetter other) {
        letter = other;
    }

    void replayedBy(String replayId) {
        letter = with(letter.payload(), replayId);
    }

    /** Who has claimed it, and whose lease is over, is fenced. */
    void edit(byte @Nullable [] payload, Instant now) {
        letter = with(payload, letter.replayId());
        token++;
        settle(status, note, now);
    }

    ParkedLetter parked() {
        return new ParkedLetter(letter, status, token, parkedAt, changedAt, note);
    }

    private DeadLetter with(byte @Nullable [] payload, @Nullable String replayId) {
        return new DeadLetter(
                letter.id(),
                letter.source(),
                letter.key(),
                payload,
                letter.headers(),
                letter.failure(),
                letter.attempts(),
                letter.firstFailedAt(),
                letter.lastFailedAt(),
                letter.replayCount(),
                replayId);
    }
}
