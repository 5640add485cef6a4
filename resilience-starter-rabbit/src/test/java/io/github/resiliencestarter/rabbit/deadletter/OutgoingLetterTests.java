package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;

class OutgoingLetterTests {

    private static final Source.Queue SOURCE = new Source.Queue("orders", "shop", "order.placed");
    private static final Replay REPLAY = new Replay("r-1", "alice", null);

    @Test
    void a_dead_letter_says_where_and_why_in_springs_headers() {
        DeadLetter letter = letter(Headers.NONE);

        Map<String, Object> headers = sent(OutgoingLetter.dead(letter, "orders.dlx"), 0);

        assertThat(headers.get("x-original-exchange")).hasToString("shop");
        assertThat(headers.get("x-original-routingKey")).hasToString("order.placed");
        assertThat(headers.get("x-exception-message")).hasToString("no stock");
        assertThat(headers.get("x-exception-stacktrace"))
                .hasToString(letter.failure().stackTrace());
    }

    @Test
    void what_waits_says_what_went_wrong_and_not_where() {
        Delay delay = new Delay(1, Duration.ofSeconds(10), Instant.EPOCH);

        Map<String, Object> headers = sent(OutgoingLetter.delayed(letter(Headers.NONE), delay, "orders.retry.10s"), 0);

        assertThat(headers.get("x-exception-message")).hasToString("no stock");
        assertThat(headers.get("x-exception-stacktrace")).hasToString("java.lang.IllegalStateException");
        assertThat(headers.get("resilience-delay-level")).hasToString("1");
    }

    @Test
    void a_replay_does_not_tell_of_the_failure() {
        Map<String, Object> headers = sent(OutgoingLetter.replay(letter(Headers.NONE), REPLAY, "", "orders"), 0);

        assertThat(headers).doesNotContainKeys("x-exception-message", "x-exception-stacktrace");
        assertThat(headers.get("resilience-replay-id")).hasToString("r-1");
    }

    @Test
    void everything_that_is_sent_outlives_the_broker_and_does_not_expire() {
        Headers headers = LetterHeaders.of(FailedMessagesTests.properties());

        AMQP.BasicProperties properties =
                OutgoingLetter.replay(letter(headers), REPLAY, "", "orders").properties(0);

        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        assertThat(properties.getExpiration()).isNull();
        assertThat(properties.getUserId()).as("which the broker compares").isNull();
        assertThat(properties.getHeaders()).doesNotContainKey("CC");
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getPriority()).isEqualTo(5);
        assertThat(properties.getTimestamp()).hasTime(1_700_000_000_000L);
        assertThat(LetterHeaders.original(LetterHeaders.of(properties)).all())
                .as("and nothing of it is forgotten")
                .containsExactlyInAnyOrderElementsOf(headers.all());
    }

    @Test
    void where_the_broker_takes_no_more_the_stack_trace_is_cut_first() throws Exception {
        OutgoingLetter letter = OutgoingLetter.dead(letter(Headers.of(Header.of("large", "x".repeat(2_000)))), "dlx");
        long whole = Frame.tableSize(sent(letter, 0));

        Map<String, Object> cut = sent(letter, (int) whole);
        Map<String, Object> shorter = sent(letter, 3_000);

        assertThat(cut.get("x-exception-stacktrace").toString()).hasSize(1_000);
        assertThat(shorter.get("x-exception-stacktrace")).hasToString("java.lang.IllegalStateException");
        assertThat(shorter.get("x-exception-message")).hasToString("no stock");
        assertThat(Frame.tableSize(shorter)).isLessThan(3_000);
    }

    @Test
    void headers_that_no_form_fits_are_a_failure_that_names_the_remedy() {
        OutgoingLetter letter = OutgoingLetter.dead(letter(Headers.of(Header.of("large", "x".repeat(5_000)))), "dlx");

        assertThatThrownBy(() -> letter.properties(4_096))
                .isInstanceOf(AmqpException.class)
                .hasMessageContaining("frame_max");
    }

    @Test
    void no_payload_is_an_empty_one() {
        DeadLetter letter = letter(Headers.NONE);
        DeadLetter none = new DeadLetter(
                letter.id(),
                SOURCE,
                null,
                null,
                Headers.NONE,
                letter.failure(),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                null);

        assertThat(OutgoingLetter.dead(none, "dlx").body()).isEmpty();
    }

    private static Map<String, Object> sent(OutgoingLetter letter, int frameMax) {
        return letter.properties(frameMax).getHeaders();
    }

    private static DeadLetter letter(Headers headers) {
        Failure failure = Failure.of(new IllegalStateException("no stock"));
        return new DeadLetter(
                "id", SOURCE, null, new byte[] {1}, headers, failure, 1, Instant.EPOCH, Instant.EPOCH, 0, null);
    }
}
