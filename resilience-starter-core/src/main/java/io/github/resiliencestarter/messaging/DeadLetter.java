package io.github.resiliencestarter.messaging;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be processed: what it was, to the byte, where it failed, and why. The same for every broker. Equal by
 * content; the bytes are shared and must not be changed.
 *
 * @param id the same for the same message however often it fails, so that a letter that comes twice is recognised
 * @param key the bytes of the key; null where there is none
 * @param payload the bytes that were sent; null is a tombstone
 * @param headers the original headers, without those that tell of failures, but for {@link DeadLetterHeaders#TRACE}
 * @param attempts how often the listener was called for it, in all of its failures together
 * @param replayCount how often it was replayed before this failure
 * @param replayId {@link Replay#id()} of the last replay, after which it failed again; null if it was never replayed
 */
public record DeadLetter(
        String id,
        Source source,
        byte @Nullable [] key,
        byte @Nullable [] payload,
        Headers headers,
        Failure failure,
        int attempts,
        Instant firstFailedAt,
        Instant lastFailedAt,
        int replayCount,
        @Nullable String replayId) {

    /** The same with other headers. */
    public DeadLetter withHeaders(Headers others) {
        return new DeadLetter(
                id,
                source,
                key,
                payload,
                others,
                failure,
                attempts,
                firstFailedAt,
                lastFailedAt,
                replayCount,
                replayId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeadLetter letter
                && id.equals(letter.id)
                && source.equals(letter.source)
                && Arrays.equals(key, letter.key)
                && Arrays.equals(payload, letter.payload)
                && headers.equals(letter.headers)
                && failure.equals(letter.failure)
                && attempts == letter.attempts
                && firstFailedAt.equals(letter.firstFailedAt)
                && lastFailedAt.equals(letter.lastFailedAt)
                && replayCount == letter.replayCount
                && Objects.equals(replayId, letter.replayId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, replayCount, attempts);
    }

    /** Without key, payload and headers: they belong to the application, and may be secret. */
    @Override
    public String toString() {
        return "DeadLetter[%s, %s, %s, attempts=%d, replays=%d, %s]"
                .formatted(
                        id,
                        source,
                        payload == null ? "tombstone" : payload.length + " B",
                        attempts,
                        replayCount,
                        failure.exception());
    }
}
