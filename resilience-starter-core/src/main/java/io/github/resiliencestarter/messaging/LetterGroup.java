package io.github.resiliencestarter.messaging;

import java.time.Instant;

/**
 * Letters of one source that failed for the same cause. Immutable.
 *
 * @param exception as in {@link Failure#exception()}, of the one that came last
 * @param firstFailedAt the earliest {@link DeadLetter#firstFailedAt()}
 * @param lastFailedAt the latest {@link DeadLetter#lastFailedAt()}
 */
public record LetterGroup(
        String source, String fingerprint, String exception, long count, Instant firstFailedAt, Instant lastFailedAt) {}
