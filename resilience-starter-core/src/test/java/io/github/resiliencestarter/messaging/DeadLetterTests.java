package io.github.resiliencestarter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterTests {

    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    @Test
    void its_text_tells_nothing_of_what_the_message_says() {
        Headers headers = Headers.of(Header.of("authorization", "secret of the header"));
        DeadLetter letter = letter("secret of the payload", headers);

        assertThat(letter.toString() + letter.headers())
                .contains("orders", "IllegalStateException", "authorization")
                .doesNotContain("secret");
    }

    @Test
    void the_same_record_has_the_same_id_and_any_other_has_another() {
        Source.Topic one = new Source.Topic("billing", "orders", 1, 7);

        assertThat(one.letterId()).isEqualTo(new Source.Topic("billing", "orders", 1, 7).letterId());
        assertThat(List.of(
                        one,
                        new Source.Topic("shipping", "orders", 1, 7),
                        new Source.Topic("billing", "orders-2", 1, 7),
                        new Source.Topic("billing", "orders", 2, 7),
                        new Source.Topic("billing", "orders", 1, 8)))
                .extracting(Source.Topic::letterId)
                .doesNotHaveDuplicates();
    }

    @Test
    void headers_are_replaced_and_never_appended() {
        DeadLetter letter = letter("payload", Headers.of(Header.of("trace", "abc")));
        Headers once = DeadLetterHeaders.onLetter(letter);

        Headers twice = DeadLetterHeaders.onLetter(letter("payload", once));

        assertThat(once.stream()).extracting(Header::name).doesNotHaveDuplicates();
        assertThat(twice.all()).hasSameSizeAs(once.all());
        assertThat(twice.text("trace")).isEqualTo("abc");
    }

    @Test
    void a_replay_says_how_often_it_has_been_one_and_not_how_it_failed_before() {
        Headers failed = DeadLetterHeaders.onLetter(letter("payload", Headers.NONE));
        DeadLetter letter = letter("payload", failed);

        Headers replayed = DeadLetterHeaders.onReplay(letter, new Replay("r-1", "alice", null));

        assertThat(replayed.text(DeadLetterHeaders.REPLAY_COUNT)).isEqualTo("1");
        assertThat(replayed.text(DeadLetterHeaders.REPLAY_ID)).isEqualTo("r-1");
        assertThat(replayed.first(DeadLetterHeaders.FINGERPRINT)).isNull();
        assertThat(replayed.first(DeadLetterHeaders.LAST_FAILED_AT)).isNull();
    }

    @Test
    void a_message_that_waits_says_when_it_is_due_and_its_letter_does_not() {
        DeadLetter letter = letter("payload", Headers.NONE);
        Delay delay = new Delay(2, Duration.ofMinutes(1), Instant.parse("2026-11-21T03:01:00.500Z"));

        Headers waiting = DeadLetterHeaders.onDelayed(letter, delay);
        assertThat(waiting.text(DeadLetterHeaders.DELAY_LEVEL)).isEqualTo("2");
        assertThat(waiting.text(DeadLetterHeaders.DUE_AT)).isEqualTo("2026-11-21T03:01:00.500Z");
        assertThat(waiting.without(
                        name -> name.equals(DeadLetterHeaders.DELAY_LEVEL) || name.equals(DeadLetterHeaders.DUE_AT)))
                .isEqualTo(DeadLetterHeaders.onLetter(letter));

        assertThat(DeadLetterHeaders.onLetter(letter("payload", waiting)))
                .isEqualTo(DeadLetterHeaders.onLetter(letter));
    }

    @Test
    void a_failure_has_no_character_that_a_database_refuses() {
        Failure failure = Failure.of(new IllegalStateException("at \0 and beyond"));

        assertThat(failure.message()).isEqualTo("at ? and beyond");
        assertThat(failure.stackTrace()).contains("at ? and beyond").doesNotContain("\0");
    }

    @Test
    void a_failure_is_cut_to_what_every_broker_takes() {
        String endless = "\uD83D\uDE00".repeat(Failure.MAX_STACK_TRACE);

        Failure failure = Failure.of(new IllegalStateException(endless));

        assertThat(failure.message())
                .hasSizeLessThanOrEqualTo(Failure.MAX_MESSAGE)
                .endsWith("... (cut)");
        assertThat(failure.stackTrace()).hasSizeLessThanOrEqualTo(Failure.MAX_STACK_TRACE);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(String.valueOf(failure.message())))
                .as("no half characters")
                .isTrue();
    }

    private static DeadLetter letter(String payload, Headers headers) {
        return new DeadLetter(
                "id",
                new Source.Topic("billing", "orders", 1, 7),
                null,
                payload.getBytes(StandardCharsets.UTF_8),
                headers,
                Failure.of(new IllegalStateException("no stock")),
                3,
                NOW,
                NOW,
                0,
                null);
    }
}
