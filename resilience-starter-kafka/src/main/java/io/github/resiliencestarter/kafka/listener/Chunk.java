package io.github.resiliencestarter.kafka.listener;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records that reach the listener together. Immutable.
 *
 * @param failed how often they have failed as a whole, of which it is known that they contain what fails; null before
 */
record Chunk<K, V>(
        List<ConsumerRecord<K, V>> records, @Nullable Remembered failed) {

    Chunk<K, V> to(int end) {
        return new Chunk<>(records.subList(0, end), failed);
    }

    Chunk<K, V> from(int start) {
        return new Chunk<>(records.subList(start, records.size()), failed);
    }

    static <K, V> List<ConsumerRecord<K, V>> firstOfEachPartition(List<ConsumerRecord<K, V>> records) {
        Set<TopicPartition> seen = new HashSet<>();
        return records.stream()
                .filter(record -> seen.add(Listening.partition(record)))
                .toList();
    }
}
