package io.github.resiliencestarter.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import io.github.resiliencestarter.messaging.delivery.LetterForm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.TimestampedException;

class FailedRecordsTests {

    private static final Instant FIRST = Instant.parse("2026-11-21T03:00:00Z");
    private static final Instant LAST = Instant.parse("2026-11-21T03:07:30Z");
    private static final byte[] PAYLOAD = {0, 1, (byte) 0xff};

    private static final OriginalBytes BYTES = OriginalBytes.of(
            Map.of(
                    "bootstrap.servers",
                    "localhost:1",
                    "key.deserializer",
                    StringDeserializer.class.getName(),
                    "value.deserializer",
                    ByteArrayDeserializer.class),
            null,
            null,
            Duration.ofSeconds(1));

    private final FailedRecords failed = new FailedRecords(BYTES, LetterTraces.NONE);

    @Test
    void a_record_becomes_a_letter_of_its_place_with_its_bytes() {
        DeadLetter letter = failed.letter(
                record("orders", 3, 42, "schlüssel", PAYLOAD, Headers.of(Header.of("tenant", "b"))),
                "billing",
                new IllegalStateException("no stock"),
                4,
                FIRST,
                LAST);

        assertThat(letter.source()).isEqualTo(new Source.Topic("billing", "orders", 3, 42));
        assertThat(letter.id()).isEqualTo(new Source.Topic("billing", "orders", 3, 42).letterId());
        assertThat(letter.key()).isEqualTo("schlüssel".getBytes(UTF_8));
        assertThat(letter.payload()).isEqualTo(PAYLOAD);
        assertThat(letter.headers().text("tenant")).isEqualTo("b");
        assertThat(letter.attempts()).isEqualTo(4);
        assertThat(letter.firstFailedAt()).isEqualTo(FIRST);
        assertThat(letter.lastFailedAt()).isEqualTo(LAST);
        assertThat(letter.replayCount()).isZero();
    }

    @Test
    void when_the_record_was_written_goes_with_it() {
        DeadLetter letter = letter(record("orders", 3, 42, "k", PAYLOAD, Headers.NONE), "billing");

        Header time = letter.headers().first("kafka_dlt-original-timestamp");
        assertThat(ByteBuffer.wrap(time.value()).getLong()).isEqualTo(1_000);
        assertThat(letter.headers().text("kafka_dlt-original-timestamp-type")).isEqualTo("CreateTime");
    }

    @Test
    void a_tombstone_without_a_key_stays_one() {
        DeadLetter letter = letter(record("orders", 0, 1, null, null, Headers.NONE), "billing");

        assertThat(letter.key()).isNull();
        assertThat(letter.payload()).isNull();
    }

    @Test
    void what_spring_wraps_around_the_failure_is_taken_off() {
        IllegalStateException cause = new IllegalStateException("no stock");

        DeadLetter letter = failed.letter(
                record("orders", 0, 1, "k", PAYLOAD, Headers.NONE),
                "billing",
                new TimestampedException(new ListenerExecutionFailedException("Listener failed", "billing", cause)),
                1,
                FIRST,
                LAST);

        assertThat(letter.failure().exception()).isEqualTo(IllegalStateException.class.getName());
        assertThat(letter.failure().message()).isEqualTo("no stock");
    }

    @Test
    void a_hundred_replays_are_one_letter_that_does_not_grow() {
        DeadLetter letter = letter(record("orders", 3, 42, "k", PAYLOAD, Headers.of(Header.of("t", "b"))), "billing");
        DeadLetter first = letter;

        for (int replay = 1; replay <= 100; replay++) {
            ProducerRecord<byte[], byte[]> again =
                    LetterRecords.replay(letter, new Replay("replay-" + replay, "alice", null), 8);
            letter = letter(consumed(again, 1_000 + replay), "billing");
        }

        assertThat(letter.id()).isEqualTo(first.id());
        assertThat(letter.source()).isEqualTo(first.source());
        assertThat(letter.headers()).isEqualTo(first.headers());
        assertThat(letter.replayCount()).isEqualTo(100);
        assertThat(letter.replayId()).isEqualTo("replay-100");
        assertThat(letter.attempts()).isEqualTo(101 * first.attempts());
        assertThat(letter.firstFailedAt()).isEqualTo(FIRST);
    }

    @Test
    void the_trace_of_the_last_failure_goes_with_the_letter_until_it_is_replayed() {
        DeadLetter first = traced("first", record("orders", 3, 42, "k", PAYLOAD, Headers.NONE));
        ProducerRecord<byte[], byte[]> delayed = LetterRecords.delayed(
                first, new Delay(1, Duration.ofSeconds(10), LAST), "orders-retry", 8, LetterForm.WHOLE);
        DeadLetter second = traced("second", consumed(delayed, 7));
        ProducerRecord<byte[], byte[]> dead = LetterRecords.deadLetter(second, "orders-dlq", 8, LetterForm.WHOLE);
        DeadLetter parked = new ReceivedLetters(new DeadLetterNames("{topic}{suffix}", "-dlq")).of(asRead(dead));

        assertThat(traceOf(delayed)).containsExactly("first");
        assertThat(traceOf(dead)).containsExactly("second");
        assertThat(parked.headers().text(DeadLetterHeaders.TRACE)).isEqualTo("second");
        assertThat(traceOf(LetterRecords.replay(parked, new Replay("r1", "alice", null), 8)))
                .isEmpty();
    }

    @Test
    void a_dead_letter_that_fails_again_is_the_letter_of_the_record_that_failed_first() {
        DeadLetter first = letter(record("orders", 3, 42, "k", PAYLOAD, Headers.NONE), "billing");
        ProducerRecord<byte[], byte[]> sent = LetterRecords.deadLetter(first, "orders-dlq", 8, LetterForm.WHOLE);

        DeadLetter nested = letter(consumed(sent, 7), "dlq-mailer");
        ProducerRecord<byte[], byte[]> nestedSent =
                LetterRecords.deadLetter(nested, "orders-dlq-dlq", 8, LetterForm.WHOLE);

        assertThat(nested.source()).isEqualTo(first.source());
        assertThat(nested.id()).isEqualTo(first.id());
        assertThat(nestedSent.headers().toArray()).hasSameSizeAs(sent.headers().toArray());
    }

    @Test
    void of_what_somebody_has_appended_the_first_is_the_origin() {
        Headers appended = Headers.of(
                Header.of("kafka_dlt-original-topic", "orders"),
                Header.of("kafka_dlt-original-topic", "orders-dlt"),
                Header.of("kafka_dlt-original-partition", HeaderValues.bytes(3)),
                Header.of("kafka_dlt-original-partition", HeaderValues.bytes(0)),
                Header.of("kafka_dlt-original-offset", HeaderValues.bytes(42L)),
                Header.of("kafka_dlt-original-offset", HeaderValues.bytes(1L)),
                Header.of("kafka_dlt-original-consumer-group", "billing"),
                Header.of("kafka_dlt-exception-fqcn", "x.Y"));

        DeadLetter letter = letter(record("orders-dlt-dlt", 0, 0, "k", PAYLOAD, appended), "other");

        assertThat(letter.source()).isEqualTo(new Source.Topic("billing", "orders", 3, 42));
        assertThat(letter.headers().without(name -> name.startsWith("kafka_dlt-original-timestamp")))
                .isEqualTo(Headers.NONE);
    }

    @Test
    void the_failure_of_another_group_on_a_replayed_message_is_its_own() {
        DeadLetter billing = letter(record("orders", 3, 42, "k", PAYLOAD, Headers.NONE), "billing");
        ProducerRecord<byte[], byte[]> replayed =
                LetterRecords.replay(billing, new Replay("replay-1", "alice", null), 8);

        DeadLetter shipping = letter(consumed(replayed, 1_001), "shipping");

        assertThat(shipping.source()).isEqualTo(new Source.Topic("shipping", "orders", 3, 42));
        assertThat(shipping.attempts()).isEqualTo(4);
        assertThat(shipping.replayCount()).isZero();
        assertThat(shipping.replayId()).isNull();
    }

    @Test
    void malformed_headers_tell_nothing_and_break_nothing() {
        Headers malformed = Headers.of(
                Header.of("kafka_dlt-original-topic", "elsewhere"),
                Header.of("kafka_dlt-original-partition", "three"),
                Header.of("kafka_dlt-original-offset", HeaderValues.bytes(-1L)),
                Header.of(DeadLetterHeaders.ID, new Source.Topic("billing", "orders", 3, 42).letterId()),
                Header.of(DeadLetterHeaders.ATTEMPTS, "many"),
                Header.of(DeadLetterHeaders.REPLAY_COUNT, (byte[]) null),
                Header.of(DeadLetterHeaders.FIRST_FAILED_AT, "yesterday"));

        DeadLetter letter = letter(record("orders", 3, 42, "k", PAYLOAD, malformed), "billing");

        assertThat(letter.source()).isEqualTo(new Source.Topic("billing", "orders", 3, 42));
        assertThat(letter.attempts()).isEqualTo(4);
        assertThat(letter.replayCount()).isZero();
        assertThat(letter.firstFailedAt()).isEqualTo(FIRST);
    }

    @Test
    void what_the_consumer_could_not_deserialize_keeps_its_bytes() {
        RecordDeserializationException poison = new RecordDeserializationException(
                DeserializationExceptionOrigin.VALUE,
                new TopicPartition("orders", 3),
                42,
                1_000,
                TimestampType.CREATE_TIME,
                ByteBuffer.wrap("k".getBytes(UTF_8)),
                ByteBuffer.wrap(PAYLOAD),
                new RecordHeaders().add("tenant", "b".getBytes(UTF_8)),
                "Error deserializing",
                new IllegalArgumentException("not a number"));

        DeadLetter letter = FailedRecords.letter(poison, "billing", FIRST);

        assertThat(letter.source()).isEqualTo(new Source.Topic("billing", "orders", 3, 42));
        assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(letter.payload()).isEqualTo(PAYLOAD);
        assertThat(letter.headers().text("tenant")).isEqualTo("b");
        assertThat(letter.attempts()).isZero();
    }

    private static DeadLetter traced(String span, ConsumerRecord<?, ?> record) {
        LetterTraces traces = mock(LetterTraces.class);
        when(traces.failed(any()))
                .thenAnswer(call -> call.<Headers>getArgument(0).with(Header.of(DeadLetterHeaders.TRACE, span)));
        return new FailedRecords(BYTES, traces)
                .letter(record, "billing", new IllegalStateException("no stock"), 4, FIRST, LAST);
    }

    private static List<String> traceOf(ProducerRecord<byte[], byte[]> record) {
        return LetterHeaders.of(record.headers()).stream()
                .filter(header -> header.name().equals(DeadLetterHeaders.TRACE))
                .map(Header::text)
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> asRead(ProducerRecord<byte[], byte[]> sent) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 1, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private DeadLetter letter(ConsumerRecord<?, ?> record, String group) {
        return failed.letter(record, group, new IllegalStateException("no stock"), 4, FIRST, LAST);
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<byte[], byte[]> sent, long offset) {
        Integer partition = sent.partition();
        return record(
                sent.topic(),
                partition == null ? 0 : partition,
                offset,
                new String(sent.key(), UTF_8),
                sent.value(),
                LetterHeaders.of(sent.headers()));
    }

    private static ConsumerRecord<String, byte[]> record(
            String topic, int partition, long offset, String key, byte[] value, Headers headers) {
        List<org.apache.kafka.common.header.Header> kafka = LetterHeaders.toKafka(headers);
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                offset > 1_000 ? 99_000 : 1_000,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.getBytes(UTF_8).length,
                value == null ? -1 : value.length,
                key,
                value,
                new RecordHeaders(kafka.toArray(new org.apache.kafka.common.header.Header[0])),
                Optional.empty());
    }
}
