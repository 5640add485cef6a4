package io.github.resiliencestarter.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Dead letters of a topic, told apart by their offset. */
public final class SampleLetters {

    public static final Instant FAILED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private SampleLetters() {}

    public static DeadLetter letter(String topic, long offset) {
        return letter(topic, offset, new IllegalStateException("card 4111"), 0, null);
    }

    public static DeadLetter letter(String topic, long offset, Throwable failure, int replayCount, String replayId) {
        Source.Topic source = new Source.Topic("billing", topic, 0, offset);
        return new DeadLetter(
                source.letterId(),
                source,
                "key".getBytes(StandardCharsets.UTF_8),
                ("payload " + offset).getBytes(StandardCharsets.UTF_8),
                Headers.of(Header.of("authorization", "secret")),
                Failure.of(failure),
                4,
                FAILED_AT,
                FAILED_AT.plus(Duration.ofMinutes(1)),
                replayCount,
                replayId);
    }

    public static Pause pause(Pause.Reason reason) {
        return new Pause("orderListener", "orders", reason, "gateway", FAILED_AT);
    }
}
