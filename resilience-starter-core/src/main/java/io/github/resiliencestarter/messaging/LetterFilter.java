package io.github.resiliencestarter.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; null means any. Immutable.
 *
 * @param source {@link Source#name()}
 * @param group {@link Source#group()}
 * @param fingerprint {@link Failure#fingerprint()}
 * @param replayId this replay was the last one that touched it
 * @param notReplayedBy this replay was not the last one that touched it
 * @param maxReplayCount it was replayed so often, or less
 * @param parkedBefore it came for the first time at this time of the store, or before
 */
public record LetterFilter(
        @Nullable String source,
        @Nullable String group,
        @Nullable String fingerprint,
        @Nullable LetterStatus status,
        @Nullable String replayId,
        @Nullable String notReplayedBy,
        @Nullable Integer maxReplayCount,
        @Nullable Instant parkedBefore) {

    public static final LetterFilter ALL = new LetterFilter(null, null, null, null, null, null, null, null);

    public static LetterFilter ofSource(String source) {
        return ALL.withSource(source);
    }

    public LetterFilter withSource(@Nullable String other) {
        return new LetterFilter(
                other, group, fingerprint, status, replayId, notReplayedBy, maxReplayCount, parkedBefore);
    }

    public LetterFilter withGroup(@Nullable String other) {
        return new LetterFilter(
                source, other, fingerprint, status, replayId, notReplayedBy, maxReplayCount, parkedBefore);
    }

    public LetterFilter withFingerprint(@Nullable String other) {
        return new LetterFilter(source, group, other, status, replayId, notReplayedBy, maxReplayCount, parkedBefore);
    }

    public LetterFilter withStatus(@Nullable LetterStatus other) {
        return new LetterFilter(
                source, group, fingerprint, other, replayId, notReplayedBy, maxReplayCount, parkedBefore);
    }

    public LetterFilter withReplayId(@Nullable String other) {
        return new LetterFilter(source, group, fingerprint, status, other, notReplayedBy, maxReplayCount, parkedBefore);
    }

    public LetterFilter withNotReplayedBy(@Nullable String other) {
        return new LetterFilter(source, group, fingerprint, status, replayId, other, maxReplayCount, parkedBefore);
    }

    public LetterFilter withMaxReplayCount(@Nullable Integer other) {
        return new LetterFilter(source, group, fingerprint, status, replayId, notReplayedBy, other, parkedBefore);
    }

    public LetterFilter withParkedBefore(@Nullable Instant other) {
        return new LetterFilter(source, group, fingerprint, status, replayId, notReplayedBy, maxReplayCount, other);
    }

    public boolean matches(ParkedLetter parked) {
        DeadLetter letter = parked.letter();
        return (source == null || source.equals(letter.source().name()))
                && (group == null || group.equals(letter.source().group()))
                && (fingerprint == null || fingerprint.equals(letter.failure().fingerprint()))
                && (status == null || status == parked.status())
                && (replayId == null || replayId.equals(letter.replayId()))
                && (notReplayedBy == null || !notReplayedBy.equals(letter.replayId()))
                && (maxReplayCount == null || letter.replayCount() <= maxReplayCount)
                && (parkedBefore == null || !parked.parkedAt().isAfter(parkedBefore));
    }
}
