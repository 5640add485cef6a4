package io.github.resiliencestarter.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; null means any. Immutable.
 *
 * @param source {@link Source#name()}
 * @param fingerprint {@link Failure#fingerprint()}
 */
public record LetterFilter(
        @Nullable String source,
        @Nullable String fingerprint,
        @Nullable LetterStatus status) {

    public static final LetterFilter ALL = new LetterFilter(null, null, null);

    public static LetterFilter ofSource(String source) {
        return new LetterFilter(source, null, null);
    }

    public LetterFilter withFingerprint(@Nullable String other) {
        return new LetterFilter(source, other, status);
    }

    public LetterFilter withStatus(@Nullable LetterStatus other) {
        return new LetterFilter(source, fingerprint, other);
    }

    public boolean matches(ParkedLetter parked) {
        DeadLetter letter = parked.letter();
        return (source == null || source.equals(letter.source().name()))
                && (fingerprint == null || fingerprint.equals(letter.failure().fingerprint()))
                && (status == null || status == parked.status());
    }
}
