package io.github.resiliencestarter.rabbit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Fingerprint;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.LetterForm;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceivedLettersTests {

    private static final Instant NOW = Instant.parse("2026-11-21T03:07:31Z");
    private static final String TRACE = """
            org.springframework.amqp.rabbit.support.ListenerExecutionFailedException: Listener threw exception
            \tat org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer.doInvoke(X.java:1)
            Caused by: com.acme.NoStock: 7
            \tat com.acme.Orders.handle(Orders.java:10)
            """;

    private final ReceivedLetters received = new ReceivedLetters(
            new DeadLetterNames("{queue}{suffix}", ".dlq", "{queue}.dlx", "{queue}.retry.{delay}"),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void our_own_letter_comes_back_as_it_was() {
        DeadLetter letter = letter();
        List<Header> headers = new ArrayList<>(LetterMessages.headers(DeadLetterHeaders.onLetter(letter), letter));
        headers.addAll(LetterMessages.failure(letter.failure(), LetterForm.WHOLE));

        DeadLetter got = received.of(
                "orders.dlq", envelope("orders.dlx", "orders"), LetterHeaders.toRabbit(headers), letter.payload());

        assertThat(got.withHeaders(Headers.NONE)).isEqualTo(letter.withHeaders(Headers.NONE));
        assertThat(got.headers().all())
                .containsExactlyInAnyOrderElementsOf(letter.headers().all());
    }

    @Test
    void spring_amqp_and_cloud_stream() {
        DeadLetter letter = of(Map.of(
                "tenant", "b",
                "x-original-exchange", "events",
                "x-original-routingKey", "order.placed",
                "x-exception-message", "7",
                "x-exception-stacktrace", LongStringHelper.asLongString(TRACE)));

        assertThat(letter.source()).isEqualTo(new Source.Queue("legacy", "events", "order.placed"));
        assertThat(letter.failure().exception()).isEqualTo("com.acme.NoStock");
        assertThat(letter.failure().message()).isEqualTo("7");
        assertThat(letter.failure().fingerprint())
                .isEqualTo(Fingerprint.parsed("unknown", TRACE).value());
        assertThat(letter.headers()).isEqualTo(Headers.of(Header.of("tenant", "b")));
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.lastFailedAt()).isEqualTo(NOW);
    }

    @Test
    void what_was_published_to_the_default_exchange_tells_its_queue() {
        DeadLetter letter = of(Map.of("x-original-exchange", "", "x-original-routingKey", "orders"));

        assertThat(letter.source()).isEqualTo(new Source.Queue("orders", "", "orders"));
    }

    @Test
    void what_the_broker_has_dead_lettered_is_grouped_by_reason_and_queue() {
        Instant died = Instant.parse("2026-11-21T02:00:00Z");
        DeadLetter rejected =
                of(Map.of("x-death", List.of(death("legacy.dlq", "expired", 9), death("orders", "rejected", 3))));
        DeadLetter expired =
                of(Map.of("x-death", List.of(death("orders", "expired", 1), death("other", "rejected", 3))));

        assertThat(rejected.source()).isEqualTo(new Source.Queue("orders", "events", "order.placed"));
        assertThat(rejected.failure().exception()).isEqualTo("rejected");
        assertThat(rejected.failure().message()).isEqualTo("RabbitMQ took it out of queue 'orders': rejected, 3 times");
        assertThat(rejected.attempts()).isEqualTo(3);
        assertThat(rejected.lastFailedAt()).isEqualTo(died);
        assertThat(rejected.headers()).isEqualTo(Headers.NONE);
        assertThat(expired.attempts()).isZero();
        assertThat(expired.failure().fingerprint())
                .isNotEqualTo(rejected.failure().fingerprint());
    }

    @Test
    void without_headers_its_queue_is_all_that_is_known() {
        DeadLetter letter = of(Map.of());

        assertThat(letter.source()).isEqualTo(new Source.Queue("legacy", "", "legacy"));
        assertThat(letter.failure().exception()).isEqualTo("unknown");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.id()).isNotEqualTo(of(Map.of()).id());
    }

    @Test
    void a_message_that_its_publisher_has_named_has_the_same_id_each_time() {
        BasicProperties named =
                new BasicProperties.Builder().messageId("order-7").build();

        String id = received.of("legacy.dlq", envelope("", "legacy.dlq"), named, "a".getBytes(UTF_8))
                .id();

        assertThat(received.of("legacy.dlq", envelope("", "legacy.dlq"), named, "a".getBytes(UTF_8))
                        .id())
                .isEqualTo(id);
        assertThat(received.of("legacy.dlq", envelope("", "legacy.dlq"), named, "b".getBytes(UTF_8))
                        .id())
                .isNotEqualTo(id);
    }

    @Test
    void what_no_store_could_keep_becomes_neutral() {
        String endless = "x".repeat(100_000);
        Map<String, Object> malformed = new HashMap<>();
        malformed.put("x-original-exchange", endless);
        malformed.put("x-original-routingKey", 5);
        malformed.put("x-exception-message", "a\0b" + endless);
        malformed.put("x-exception-stacktrace", endless);
        malformed.put("x-death", List.of("no table", Map.of("queue", 1), Map.of()));
        malformed.put(DeadLetterHeaders.ID, endless);
        malformed.put(DeadLetterHeaders.GROUP, endless);
        malformed.put(DeadLetterHeaders.FINGERPRINT, endless);
        malformed.put(DeadLetterHeaders.REPLAY_ID, endless);
        malformed.put(DeadLetterHeaders.REPLAY_COUNT, "-5");
        malformed.put(DeadLetterHeaders.ATTEMPTS, 3);
        malformed.put(DeadLetterHeaders.FIRST_FAILED_AT, new Date(0));

        DeadLetter letter = of(malformed);

        assertThat(letter.source()).isEqualTo(new Source.Queue("legacy", "", "legacy"));
        assertThat(letter.id()).hasSize(36);
        assertThat(letter.failure().message()).startsWith("a?b").hasSizeLessThanOrEqualTo(Failure.MAX_MESSAGE);
        assertThat(letter.failure().exception()).isEqualTo("unknown");
        assertThat(letter.failure().fingerprint()).hasSize(12);
        assertThat(letter.replayId()).isNull();
        assertThat(letter.replayCount()).isZero();
        assertThat(letter.firstFailedAt()).isEqualTo(NOW);
    }

    private DeadLetter of(Map<String, Object> headers) {
        return received.of(
                "legacy.dlq",
                envelope("legacy.dlx", "legacy"),
                new BasicProperties.Builder().headers(headers).build(),
                "value".getBytes(UTF_8));
    }

    private static Envelope envelope(String exchange, String routingKey) {
        return new Envelope(1, false, exchange, routingKey);
    }

    private static Map<String, Object> death(String queue, String reason, long count) {
        return Map.of(
                "queue", LongStringHelper.asLongString(queue),
                "reason", LongStringHelper.asLongString(reason),
                "exchange", LongStringHelper.asLongString("events"),
                "routing-keys", List.of(LongStringHelper.asLongString("order.placed")),
                "count", count,
                "time", Date.from(Instant.parse("2026-11-21T02:00:00Z")));
    }

    private static DeadLetter letter() {
        return new DeadLetter(
                "letter-1",
                new Source.Queue("orders", "events", "order.placed"),
                null,
                "value".getBytes(UTF_8),
                Headers.of(
                        Header.of("tenant", "b"), new Header("content-type", "text/plain".getBytes(UTF_8), "property")),
                Failure.of(new IllegalStateException("no stock")),
                4,
                Instant.parse("2026-11-21T03:00:00.123456Z"),
                Instant.parse("2026-11-21T03:07:30.654321Z"),
                2,
                "replay-2");
    }
}
