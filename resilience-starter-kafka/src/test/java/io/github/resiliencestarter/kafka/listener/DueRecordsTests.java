package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DueRecordsTests {

    private static final TopicPartition SHORT = new TopicPartition("short", 0);
    private static final TopicPartition LONG = new TopicPartition("long", 0);
    private static final Instant NOW = Instant.now();

    private final MockConsumer<String, String> kafka = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final Consumer<String, String> consumer = ConsumerGuard.guard(kafka);
    private final ConsumerGuard guard = Objects.requireNonNull(ConsumerGuard.of(consumer));

    DueRecordsTests() {
        consumer.assign(List.of(SHORT, LONG));
        kafka.updateBeginningOffsets(Map.of(SHORT, 0L, LONG, 0L));
        guard.filter(new DueRecords(topic -> Duration.ofMinutes(1), () -> {}));
    }

    @Test
    void what_is_due_is_seen_and_what_is_not_is_held_with_what_comes_after_it() {
        poll(record(SHORT, 0, NOW.minusSeconds(1)), record(LONG, 0, NOW.minusSeconds(1)));
        kafka.addRecord(record(SHORT, 1, NOW.minusSeconds(1)));
        kafka.addRecord(record(LONG, 1, NOW.plusSeconds(30)));
        kafka.addRecord(record(LONG, 2, NOW.minusSeconds(1)));

        ConsumerRecords<String, String> seen = consumer.poll(Duration.ZERO);

        assertThat(seen.records(SHORT)).extracting(ConsumerRecord::offset).containsExactly(1L);
        assertThat(seen.records(LONG)).isEmpty();
        assertThat(guard.isHeld(LONG, 1)).isTrue();
        assertThat(guard.isHeld(SHORT, 2)).isFalse();
        assertThat(kafka.position(LONG)).isEqualTo(1);
        assertThat(kafka.paused()).containsExactly(LONG);
    }

    @Test
    void what_has_no_due_time_or_an_unreadable_one_is_due() {
        assertThat(poll(record(SHORT, 0, null)).count()).isEqualTo(1);
        ConsumerRecord<String, String> broken = record(SHORT, 1, null);
        broken.headers().add(new RecordHeader(DeadLetterHeaders.DUE_AT, "soon".getBytes(StandardCharsets.UTF_8)));
        assertThat(poll(broken).count()).isEqualTo(1);
    }

    @Test
    void a_due_time_beyond_the_longest_wait_does_not_stop_the_partition() {
        ConsumerRecord<String, String> old = record(SHORT, 0, NOW.plus(Duration.ofDays(365)), NOW.minusSeconds(61));
        assertThat(poll(old).count()).isEqualTo(1);
    }

    @SafeVarargs
    private ConsumerRecords<String, String> poll(ConsumerRecord<String, String>... records) {
        for (ConsumerRecord<String, String> record : records) {
            kafka.addRecord(record);
        }
        return consumer.poll(Duration.ZERO);
    }

    private static ConsumerRecord<String, String> record(
            TopicPartition partition, long offset, @Nullable Instant dueAt) {
        return record(partition, offset, dueAt, NOW);
    }

    private static ConsumerRecord<String, String> record(
            TopicPartition partition, long offset, @Nullable Instant dueAt, Instant written) {
        RecordHeaders headers = new RecordHeaders();
        if (dueAt != null) {
            headers.add(DeadLetterHeaders.DUE_AT, dueAt.toString().getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                written.toEpochMilli(),
                TimestampType.CREATE_TIME,
                1,
                1,
                "key",
                "value",
                headers,
                Optional.empty());
    }
}
