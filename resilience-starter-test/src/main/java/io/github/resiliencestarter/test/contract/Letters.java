package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Dead letters as contract tests need them. */
final class Letters {

    /** Every byte there is: what goes through a text encoding on its way does not come back. */
    static final byte[] BINARY = new byte[256];

    static {
        for (int i = 0; i < BINARY.length; i++) {
            BINARY[i] = (byte) i;
        }
    }

    static final Instant FIRST = Instant.parse("2026-11-21T03:00:00.123456Z");
    static final Instant LAST = Instant.parse("2026-11-21T03:07:30.654321Z");

    private Letters() {}

    static DeadLetter of(Source source) {
        return of(source, bytes("payload"));
    }

    static DeadLetter of(Source source, byte @Nullable [] payload) {
        return of(UUID.randomUUID().toString(), source, payload, new IllegalStateException("no stock"), 0);
    }

    static DeadLetter of(String id, Source source, byte @Nullable [] payload, Throwable failure, int replayCount) {
        Headers headers = Headers.of(Header.of("trace", "abc"), Header.of("tag", "a"), Header.of("tag", "b"));
        return new DeadLetter(
                id, source, bytes("key"), payload, headers, Failure.of(failure), 4, FIRST, LAST, replayCount, null);
    }

    /** The same letter, failed again after a replay. */
    static DeadLetter failedAgain(DeadLetter letter) {
        return new DeadLetter(
                letter.id(),
                letter.source(),
                letter.key(),
                letter.payload(),
                letter.headers(),
                Failure.of(new IllegalArgumentException("still no stock")),
                letter.attempts() + 4,
                letter.firstFailedAt(),
                letter.lastFailedAt().plusSeconds(60),
                letter.replayCount() + 1,
                "replay-" + (letter.replayCount() + 1));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
