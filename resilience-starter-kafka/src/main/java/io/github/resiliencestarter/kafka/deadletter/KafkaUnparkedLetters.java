package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.UnparkedLetters;
import io.github.resiliencestarter.messaging.parking.NamePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker, not the consumer that parks: that one may be the reason why letters lie there, or run in another instance. The
 * oldest letter of a partition is the one that its group consumes next.
 */
public final class KafkaUnparkedLetters implements UnparkedLetters {

    private final Map<String, Object> settings;
    private final Pattern topics;
    private final Duration timeout;

    /** @param timeout how long the broker may take to show the oldest letters */
    public KafkaUnparkedLetters(Map<String, ?> host, String topics, String group, Duration timeout) {
        this.settings = new HashMap<>(LetterIntake.settings(host, group));
        this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        this.settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        this.settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.topics = NamePattern.of(topics);
        this.timeout = timeout;
    }

    @Override
    public synchronized Optional<Instant> oldest() {
        // Without a subscription it does not join the group, and takes nobody's partitions.
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            Map<TopicPartition, Long> behind = behind(consumer);
            consumer.assign(behind.keySet());
            behind.forEach(consumer::seek);
            return oldest(consumer, new HashSet<>(behind.keySet()));
        }
    }

    /** Where the group goes on, for the partitions in which it has not come to the end. */
    private Map<TopicPartition, Long> behind(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(entry -> topics.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> behind = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata known = committed.get(partition);
            long begin = first.getOrDefault(partition, 0L);
            long next = known == null ? begin : Math.max(known.offset(), begin);
            if (next < end.getOrDefault(partition, 0L)) {
                behind.put(partition, next);
            }
        }
        return behind;
    }

    private Optional<Instant> oldest(Consumer<byte[], byte[]> consumer, Set<TopicPartition> waiting) {
        long oldest = Long.MAX_VALUE;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!waiting.isEmpty() && System.nanoTime() - deadline < 0) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
            for (ConsumerRecord<byte[], byte[]> record : records) {
                oldest = Math.min(oldest, record.timestamp());
            }
            consumer.pause(records.partitions());
            waiting.removeAll(records.partitions());
        }
        return oldest == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest));
    }
}
