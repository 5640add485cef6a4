package io.github.resiliencestarter.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Fingerprint;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import io.github.resiliencestarter.messaging.delivery.LetterForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ReceivedLettersTests {

    private static final Instant SENT = Instant.parse("2026-11-21T03:07:31Z");
    private static final String TRACE = "com.acme.NoStock: 7\n\tat com.acme.Orders.handle(Orders.java:10)\n";

    private final ReceivedLetters received = new ReceivedLetters(new DeadLetterNames("{topic}{suffix}", "-dlq"));

    @Test
    void our_own_letter_comes_back_as_it_was() {
        for (LetterForm form : new LetterForm[] {LetterForm.WHOLE, LetterForm.WITHOUT_EXCEPTION}) {
            DeadLetter letter = letter(2, "replay-2");
            ProducerRecord<byte[], byte[]> sent = LetterRecords.deadLetter(letter, "orders-dlq", 8, form);

            DeadLetter got = received.of(record("orders-dlq", LetterHeaders.of(sent.headers())));

            assertThat(got.failure().fingerprint()).isEqualTo(letter.failure().fingerprint());
            assertThat(got.headers()).isEqualTo(letter.headers());
            if (form == LetterForm.WHOLE) {
                assertThat(got).isEqualTo(letter);
            }
        }
    }

    @Test
    void spring_kafka() {
        DeadLetter letter = received.of(record(
                "orders-dlt",
                Headers.of(
                        Header.of("tenant", "b"),
                        Header.of("kafka_dlt-original-topic", "orders"),
                        Header.of("kafka_dlt-original-partition", HeaderValues.bytes(3)),
                        Header.of("kafka_dlt-original-offset", HeaderValues.bytes(42L)),
                        Header.of("kafka_dlt-original-consumer-group", "billing"),
                        Header.of(
                                "kafka_dlt-exception-fqcn",
                                "org.springframework.kafka.listener.ListenerExecutionFailedException"),
                        Header.of("kafka_dlt-exception-cause-fqcn", "com.acme.NoStock"),
                        Header.of("kafka_dlt-exception-message", "Listener failed; 7"),
                        Header.of("kafka_dlt-exception-stacktrace", TRACE))));

        assertThat(letter.source()).isEqualTo(new Source.Topic("billing", "orders", 3, 42));
        assertThat(letter.failure().exception()).isEqualTo("com.acme.NoStock");
        assertThat(letter.failure().message()).isEqualTo("Listener failed; 7");
        assertThat(letter.failure().fingerprint())
                .isEqualTo(Fingerprint.parsed("com.acme.NoStock", TRACE).value());
        assertThat(letter.headers()).isEqualTo(Headers.of(Header.of("tenant", "b")));
        assertThat(letter.lastFailedAt()).isEqualTo(SENT);
    }

    @Test
    void a_key_that_spring_kafka_could_not_deserialize() {
        DeadLetter letter = received.of(record(
                "orders-dlt",
                Headers.of(
                        Header.of("kafka_dlt-key-exception-fqcn", "com.acme.BadKey"),
                        Header.of("kafka_dlt-key-exception-message", "no key"))));

        assertThat(letter.failure().exception()).isEqualTo("com.acme.BadKey");
        assertThat(letter.failure().message()).isEqualTo("no key");
        assertThat(letter.headers()).isEqualTo(Headers.NONE);
    }

    @Test
    void retryable_topic() {
        DeadLetter letter = received.of(record(
                "orders-dlt",
                Headers.of(
                        Header.of("kafka_original-topic", "orders"),
                        Header.of("kafka_original-partition", HeaderValues.bytes(3)),
                        Header.of("kafka_original-offset", HeaderValues.bytes(42L)),
                        Header.of("kafka_original-timestamp", HeaderValues.bytes(1_000L)),
                        Header.of("kafka_dlt-original-consumer-group", "billing"),
                        Header.of("kafka_exception-cause-fqcn", "com.acme.NoStock"),
                        Header.of("retry_topic-attempts", HeaderValues.bytes(5)),
                        Header.of("retry_topic-backoff-timestamp", HeaderValues.bytes(5L)))));

        assertThat(letter.source()).isEqualTo(new Source.Topic("billing", "orders", 3, 42));
        assertThat(letter.failure().exception()).isEqualTo("com.acme.NoStock");
        assertThat(letter.attempts()).isEqualTo(5);
        assertThat(letter.headers().stream())
                .extracting(Header::name)
                .containsExactly("kafka_dlt-original-timestamp", "kafka_dlt-original-timestamp-type");
    }

    @Test
    void cloud_stream() {
        DeadLetter letter = received.of(record(
                "error.orders.billing",
                Headers.of(
                        Header.of("x-original-topic", "orders"),
                        Header.of("x-original-partition", HeaderValues.bytes(3)),
                        Header.of("x-original-offset", HeaderValues.bytes(42L)),
                        Header.of("x-exception-fqcn", "com.acme.NoStock"),
                        Header.of("x-exception-message", "7"),
                        Header.of("x-exception-stacktrace", TRACE))));

        assertThat(letter.source()).isEqualTo(new Source.Topic("unknown", "orders", 3, 42));
        assertThat(letter.failure().message()).isEqualTo("7");
        assertThat(letter.headers()).isEqualTo(Headers.NONE);
    }

    @Test
    void smallrye() {
        DeadLetter letter = received.of(record(
                "dead-letter-topic-orders",
                Headers.of(
                        Header.of("dead-letter-topic", "orders"),
                        Header.of("dead-letter-partition", "3"),
                        Header.of("dead-letter-offset", "42"),
                        Header.of("dead-letter-exception-class-name", "com.acme.NoStock"),
                        Header.of("dead-letter-reason", "7"))));

        assertThat(letter.source()).isEqualTo(new Source.Topic("unknown", "orders", 3, 42));
        assertThat(letter.failure().exception()).isEqualTo("com.acme.NoStock");
        assertThat(letter.failure().message()).isEqualTo("7");
    }

    @Test
    void connect() {
        DeadLetter letter = received.of(record(
                "orders-dlq",
                Headers.of(
                        Header.of("__connect.errors.topic", "orders"),
                        Header.of("__connect.errors.partition", "3"),
                        Header.of("__connect.errors.offset", "42"),
                        Header.of("__connect.errors.connector.name", "warehouse"),
                        Header.of("__connect.errors.task.id", "0"),
                        Header.of("__connect.errors.exception.class.name", "com.acme.NoStock"),
                        Header.of("__connect.errors.exception.stacktrace", TRACE))));

        assertThat(letter.source()).isEqualTo(new Source.Topic("warehouse", "orders", 3, 42));
        assertThat(letter.failure().stackTrace()).isEqualTo(TRACE);
        assertThat(letter.headers()).isEqualTo(Headers.NONE);
    }

    @Test
    void share_groups() {
        DeadLetter letter = received.of(record(
                "orders-dlq",
                Headers.of(
                        Header.of("__dlq.errors.topic", "orders"),
                        Header.of("__dlq.errors.partition", "3"),
                        Header.of("__dlq.errors.offset", "42"),
                        Header.of("__dlq.errors.group", "billing"),
                        Header.of("__dlq.errors.delivery.count", "5"))));

        assertThat(letter.source()).isEqualTo(new Source.Topic("billing", "orders", 3, 42));
        assertThat(letter.attempts()).isEqualTo(5);
        assertThat(letter.failure().exception()).isEqualTo("unknown");
    }

    @Test
    void without_headers_its_place_is_the_only_one_it_has() {
        DeadLetter letter = received.of(record("orders-dlq", Headers.NONE));

        assertThat(letter.source()).isEqualTo(new Source.Topic("unknown", "orders", 1, 7));
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.firstFailedAt()).isEqualTo(SENT);
    }

    @Test
    void what_no_store_could_keep_becomes_neutral() {
        String endless = "x".repeat(100_000);
        List<Header> malformed = new ArrayList<>();
        for (HeaderDialect dialect : HeaderDialect.values()) {
            malformed.add(Header.of(dialect.topic, "no topic\0" + endless));
            malformed.add(Header.of(dialect.partition, new byte[] {1, 2, 3}));
            malformed.add(Header.of(dialect.offset, (byte[]) null));
            malformed.add(Header.of(dialect.message, "a\0b" + endless));
            if (dialect.exception != null) {
                malformed.add(Header.of(dialect.exception, endless));
            }
        }
        malformed.add(Header.of(DeadLetterHeaders.FINGERPRINT, endless));
        malformed.add(Header.of(DeadLetterHeaders.GROUP, endless));
        malformed.add(Header.of(DeadLetterHeaders.REPLAY_ID, endless));
        malformed.add(Header.of(DeadLetterHeaders.REPLAY_COUNT, "-5"));
        malformed.add(Header.of(DeadLetterHeaders.FIRST_FAILED_AT, "+999999999-01-01T00:00:00Z"));

        DeadLetter letter = received.of(record("orders-dlq", new Headers(malformed)));

        assertThat(letter.source()).isEqualTo(new Source.Topic("unknown", "orders", 1, 7));
        assertThat(letter.failure().exception()).isEqualTo("unknown");
        assertThat(letter.failure().message()).startsWith("a?b").hasSizeLessThanOrEqualTo(Failure.MAX_MESSAGE);
        assertThat(letter.failure().fingerprint()).hasSize(12);
        assertThat(letter.replayId()).isNull();
        assertThat(letter.replayCount()).isZero();
        assertThat(letter.firstFailedAt()).isEqualTo(SENT);
    }

    private static DeadLetter letter(int replays, String replayId) {
        Source.Topic source = new Source.Topic("billing", "orders", 3, 42);
        return new DeadLetter(
                source.letterId(),
                source,
                "key".getBytes(UTF_8),
                "value".getBytes(UTF_8),
                Headers.of(
                        Header.of("tenant", "b"),
                        Header.of("kafka_dlt-original-timestamp", HeaderValues.bytes(1_000L)),
                        Header.of("kafka_dlt-original-timestamp-type", "CreateTime")),
                Failure.of(new IllegalStateException("no stock")),
                4,
                Instant.parse("2026-11-21T03:00:00.123456Z"),
                Instant.parse("2026-11-21T03:07:30.654321Z"),
                replays,
                replayId);
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                1,
                7,
                SENT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                3,
                5,
                "key".getBytes(UTF_8),
                "value".getBytes(UTF_8),
                new RecordHeaders(LetterHeaders.toKafka(headers).toArray(new org.apache.kafka.common.header.Header[0])),
                Optional.empty());
    }
}
