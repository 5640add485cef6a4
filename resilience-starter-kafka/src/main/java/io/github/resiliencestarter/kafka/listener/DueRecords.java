package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.PollFilter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Leaves what is due of what was polled from retry topics. A partition whose next record is not due sleeps until it is, while the
 * consumer goes on with the others, so no level waits for a longer one. Thread-safe.
 */
final class DueRecords implements PollFilter {

    private final Function<String, Duration> longest;
    private final Runnable eachPoll;

    /**
     * @param longest the longest wait of a retry topic, from when the record was written: a due time that is later is somebody's
     *     mistake, or a clock's, and would stop the partition
     * @param eachPoll what else is to be looked at then
     */
    DueRecords(Function<String, Duration> longest, Runnable eachPoll) {
        this.longest = longest;
        this.eachPoll = eachPoll;
    }

    @Override
    public <K, V> ConsumerRecords<K, V> filter(ConsumerGuard guard, ConsumerRecords<K, V> polled) {
        eachPoll.run();
        if (polled.isEmpty()) {
            return polled;
        }
        Instant now = Instant.now();
        Map<TopicPartition, List<ConsumerRecord<K, V>>> due = new LinkedHashMap<>();
        boolean all = true;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<K, V>> records = polled.records(partition);
            int count = due(guard, partition, records, now);
            all &= count == records.size();
            if (count > 0) {
                due.put(partition, records.subList(0, count));
            }
        }
        return all ? polled : new ConsumerRecords<>(due);
    }

    /** How many of the records are due before the first that is not. */
    private <K, V> int due(
            ConsumerGuard guard, TopicPartition partition, List<ConsumerRecord<K, V>> records, Instant now) {
        for (int i = 0; i < records.size(); i++) {
            Duration wait = untilDue(records.get(i), now);
            if (wait.compareTo(Duration.ZERO) > 0) {
                guard.hold(partition, records.get(i).offset(), wait);
                return i;
            }
        }
        return records.size();
    }

    private Duration untilDue(ConsumerRecord<?, ?> record, Instant now) {
        Header dueAt = record.headers().lastHeader(DeadLetterHeaders.DUE_AT);
        if (dueAt == null || dueAt.value() == null) {
            return Duration.ZERO;
        }
        try {
            Instant due = Instant.parse(new String(dueAt.value(), StandardCharsets.UTF_8));
            Instant latest = Instant.ofEpochMilli(record.timestamp()).plus(longest.apply(record.topic()));
            return Duration.between(now, due.isAfter(latest) ? latest : due);
        } catch (DateTimeException notOurs) {
            return Duration.ZERO;
        }
    }
}
