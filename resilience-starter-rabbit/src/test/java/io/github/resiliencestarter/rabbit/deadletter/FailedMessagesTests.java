package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;
import org.springframework.amqp.rabbit.support.ListenerExecutionFailedException;

class FailedMessagesTests {

    private static final Instant FIRST = Instant.parse("2026-11-21T03:00:00Z");
    private static final Instant LAST = Instant.parse("2026-11-21T03:00:02Z");
    private static final IllegalStateException FAILURE = new IllegalStateException("no stock");

    private final FailedMessages failed = new FailedMessages(LetterTraces.NONE);

    @Test
    void a_letter_says_where_and_why_and_how_often() {
        Message message = message(new AMQP.BasicProperties.Builder().build(), "shop", "order.placed");

        DeadLetter letter = failed.letter(
                message, "orders", new ListenerExecutionFailedException("wrapped", FAILURE, message), 3, FIRST, LAST);

        assertThat(letter.source()).isEqualTo(new Source.Queue("orders", "shop", "order.placed"));
        assertThat(letter.payload()).isEqualTo(new byte[] {1, 2});
        assertThat(letter.key()).isNull();
        assertThat(letter.failure().exception()).isEqualTo(IllegalStateException.class.getName());
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.firstFailedAt()).isEqualTo(FIRST);
        assertThat(letter.lastFailedAt()).isEqualTo(LAST);
        assertThat(letter.replayCount()).isZero();
        assertThat(letter.replayId()).isNull();
    }

    @Test
    void the_same_message_of_a_publisher_that_numbers_them_is_the_same_letter() {
        AMQP.BasicProperties numbered =
                new AMQP.BasicProperties.Builder().messageId("7").build();
        String id = letter(message(numbered, "shop", "order.placed"), "orders").id();

        assertThat(letter(message(numbered, "shop", "order.placed"), "orders").id())
                .isEqualTo(id);
        assertThat(letter(message(numbered, "shop", "order.placed"), "billing").id())
                .isNotEqualTo(id);
        assertThat(letter(message(numbered, "shop", "order.cancelled"), "orders")
                        .id())
                .isNotEqualTo(id);
        Message other = new Message(
                new byte[] {3}, message(numbered, "shop", "order.placed").getMessageProperties());
        assertThat(letter(other, "orders").id()).isNotEqualTo(id);
    }

    @Test
    void a_header_that_spring_makes_a_property_of_is_kept() {
        AMQP.BasicProperties retried = new AMQP.BasicProperties.Builder()
                .headers(Map.of("retry-count", 2L))
                .build();

        DeadLetter letter = letter(message(retried, "shop", "order.placed"), "orders");

        assertThat(OutgoingLetter.replay(letter, new Replay("r-1", "alice", null), "", "orders")
                        .properties(0)
                        .getHeaders())
                .containsEntry("retry-count", 2L);
    }

    @Test
    void without_a_number_each_message_is_a_letter_of_its_own() {
        AMQP.BasicProperties none = new AMQP.BasicProperties.Builder().build();

        assertThat(letter(message(none, "shop", "order.placed"), "orders").id())
                .isNotEqualTo(
                        letter(message(none, "shop", "order.placed"), "orders").id());
    }

    @Test
    void what_fails_again_after_a_replay_is_the_same_letter_and_goes_on_counting() {
        DeadLetter first = letter(message(properties(), "shop", "order.placed"), "orders");
        OutgoingLetter replay = OutgoingLetter.replay(first, new Replay("r-1", "alice", null), "", "orders");

        DeadLetter again = letter(message(replay.properties(0), "", "orders"), "orders");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.source()).isEqualTo(first.source());
        assertThat(again.headers().all())
                .containsExactlyInAnyOrderElementsOf(first.headers().all());
        assertThat(again.attempts()).isEqualTo(2 * first.attempts());
        assertThat(again.firstFailedAt()).isEqualTo(FIRST);
        assertThat(again.replayCount()).isEqualTo(1);
        assertThat(again.replayId()).isEqualTo("r-1");
    }

    @Test
    void what_comes_back_from_a_delay_queue_is_the_same_letter() {
        DeadLetter first = letter(message(properties(), "shop", "order.placed"), "orders");
        Delay delay = new Delay(1, Duration.ofSeconds(10), LAST);
        OutgoingLetter delayed = OutgoingLetter.delayed(first, delay, "orders.retry.10s");

        DeadLetter again = letter(message(delayed.properties(0), "", "orders"), "orders");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.source()).isEqualTo(first.source());
        assertThat(again.headers().all())
                .containsExactlyInAnyOrderElementsOf(first.headers().all());
        assertThat(again.attempts()).isEqualTo(2 * first.attempts());
        assertThat(again.replayId()).isNull();
    }

    @Test
    void another_queues_failures_are_not_counted() {
        DeadLetter first = letter(message(properties(), "shop", "order.placed"), "orders");
        OutgoingLetter replay = OutgoingLetter.replay(first, new Replay("r-1", "alice", null), "shop", "order.placed");

        DeadLetter other = letter(message(replay.properties(0), "shop", "order.placed"), "billing");

        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(other.attempts()).isEqualTo(first.attempts());
        assertThat(other.replayCount()).isZero();
        assertThat(other.replayId()).isNull();
        assertThat(other.headers().all())
                .containsExactlyInAnyOrderElementsOf(first.headers().all());
    }

    @Test
    void what_the_broker_and_spring_have_written_about_failures_is_no_header_of_the_message() {
        Map<String, Object> headers = Map.of(
                "tenant", "a",
                "x-death", List.of(Map.of("count", 3L, "queue", "orders.retry.10s")),
                "x-first-death-queue", "orders.retry.10s",
                "x-last-death-reason", "expired",
                "x-delivery-count", 2,
                "x-exception-message", "of another",
                "x-original-exchange", "shop",
                "x-original-routingKey", "order.placed");

        DeadLetter letter = letter(
                message(new AMQP.BasicProperties.Builder().headers(headers).build(), "", "orders"), "orders");

        assertThat(letter.headers().all()).containsExactly(Header.of("tenant", "a"));
        assertThat(letter.source()).isEqualTo(new Source.Queue("orders", "shop", "order.placed"));
    }

    @Test
    void headers_that_cannot_be_read_count_as_absent() {
        Map<String, Object> headers = Map.of(
                "resilience-id", " ",
                "resilience-group", "orders",
                "resilience-attempts", "many",
                "resilience-first-failed-at", "yesterday");

        DeadLetter letter = letter(
                message(new AMQP.BasicProperties.Builder().headers(headers).build(), "shop", "order.placed"), "orders");

        assertThat(letter.id()).isNotBlank();
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.firstFailedAt()).isEqualTo(FIRST);
    }

    private DeadLetter letter(Message message, String queue) {
        return failed.letter(message, queue, FAILURE, 3, FIRST, LAST);
    }

    static AMQP.BasicProperties properties() {
        return new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("UTF-8")
                .deliveryMode(1)
                .priority(5)
                .correlationId("c")
                .replyTo("answers")
                .expiration("60000")
                .messageId("m")
                .timestamp(new Date(1_700_000_000_000L))
                .type("order")
                .userId("guest")
                .appId("shop")
                .headers(Map.of("tenant", "a", "type", "a header of that name", "number", 7, "CC", List.of("audit")))
                .build();
    }

    /** As spring-amqp gives it to a listener. */
    private static Message message(AMQP.BasicProperties properties, String exchange, String routingKey) {
        MessageProperties received = new DefaultMessagePropertiesConverter()
                .toMessageProperties(
                        properties, new com.rabbitmq.client.Envelope(1, false, exchange, routingKey), "UTF-8");
        return new Message(new byte[] {1, 2}, received);
    }
}
