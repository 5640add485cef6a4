package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.PollFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How large the batches are that a container takes through a transaction. It commits all that it was given or nothing, so a batch
 * that fails is cut where it is polled: what is left out is read again. Where nobody knows which record has failed, each partition
 * of the batch goes on by itself, in parts that are halved when they fail and doubled when they succeed. A record that is given
 * up is alone. Thread-safe.
 */
final class BatchCuts implements PollFilter {

    private static final int LARGEST = 1 << 20;

    /**
     * @param until the offset after what has failed together
     * @param size how many records are tried together
     * @param failed how often all of it has failed
     */
    private record Part(long until, int size, Remembered failed) {

        Part of(int records) {
            return new Part(until, Math.max(1, Math.min(records, LARGEST)), failed);
        }
    }

    private final RetryMemory memory;
    private final Doors doors;
    private final Map<TopicPartition, Part> parts = new ConcurrentHashMap<>();

    BatchCuts(RetryMemory memory, Doors doors) {
        this.memory = memory;
        this.doors = doors;
    }

    /** The attempts of this batch are used up. */
    void start(List<? extends ConsumerRecord<?, ?>> batch, Remembered failed) {
        batch.forEach(record -> memory.forget(Listening.partition(record), record.offset()));
        batch.stream().collect(Collectors.groupingBy(Listening::partition)).forEach((partition, records) -> {
            long until = records.get(records.size() - 1).offset() + 1;
            parts.put(partition, new Part(until, 1, failed).of(records.size() / 2));
        });
    }

    /** @return false if this batch is no part of one */
    boolean halve(List<? extends ConsumerRecord<?, ?>> batch) {
        ConsumerRecord<?, ?> first = batch.get(0);
        ConsumerRecord<?, ?> last = batch.get(batch.size() - 1);
        Part part = part(last);
        if (part == null || !Listening.partition(first).equals(Listening.partition(last))) {
            return false;
        }
        parts.put(Listening.partition(last), part.of(batch.size() / 2));
        return true;
    }

    /** How often the batch has failed of which this record was a part; null if it was in none. */
    @Nullable
    Remembered failed(ConsumerRecord<?, ?> record) {
        Part part = part(record);
        return part == null ? null : part.failed().of(record.offset());
    }

    /** These are committed. */
    void passed(List<? extends ConsumerRecord<?, ?>> batch) {
        if (parts.isEmpty()) {
            return;
        }
        ConsumerRecord<?, ?> last = batch.get(batch.size() - 1);
        TopicPartition partition = Listening.partition(last);
        Part part = parts.get(partition);
        if (part != null && last.offset() + 1 >= part.until()) {
            parts.remove(partition);
        } else if (part != null) {
            parts.put(partition, part.of(part.size() * 2));
        }
    }

    private @Nullable Part part(ConsumerRecord<?, ?> record) {
        Part part = parts.get(Listening.partition(record));
        return part != null && record.offset() < part.until() ? part : null;
    }

    @Override
    public <K, V> ConsumerRecords<K, V> filter(ConsumerGuard guard, ConsumerRecords<K, V> polled) {
        if (polled.isEmpty() || parts.isEmpty() && memory.isEmpty() && !doors.isShut()) {
            return polled;
        }
        Map<TopicPartition, Integer> counts = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<K, V>> records = polled.records(partition);
            int alone = alone(partition, records);
            if (alone > 0) {
                return cut(guard, polled, Map.of(partition, alone));
            }
            counts.put(partition, untilGivenUp(partition, records));
        }
        return cut(guard, polled, counts);
    }

    /** How many of them are to be tried without those of other partitions; 0 if it does not matter. */
    private int alone(TopicPartition partition, List<? extends ConsumerRecord<?, ?>> records) {
        int reach = untilGivenUp(partition, records);
        // One record is enough for a probe.
        if (doors.isShut() || reach == 0) {
            return 1;
        }
        Part part = part(records.get(0));
        if (part == null) {
            parts.remove(partition);
            return 0;
        }
        int end = 0;
        while (end < Math.min(part.size(), reach) && records.get(end).offset() < part.until()) {
            end++;
        }
        return end;
    }

    private int untilGivenUp(TopicPartition partition, List<? extends ConsumerRecord<?, ?>> records) {
        Remembered known = memory.find(partition);
        if (known == null || known.givenUp() == null) {
            return records.size();
        }
        int index = 0;
        while (index < records.size() && records.get(index).offset() != known.offset()) {
            index++;
        }
        return index;
    }

    private static <K, V> ConsumerRecords<K, V> cut(
            ConsumerGuard guard, ConsumerRecords<K, V> polled, Map<TopicPartition, Integer> counts) {
        List<ConsumerRecord<K, V>> left = new ArrayList<>(polled.count());
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<K, V>> records = polled.records(partition);
            int count = counts.getOrDefault(partition, 0);
            left.addAll(records.subList(0, count));
            if (count < records.size()) {
                guard.readAgain(partition, records.get(count).offset());
            }
        }
        return left.size() == polled.count() ? polled : BatchCall.together(left);
    }
}
