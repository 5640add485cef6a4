package io.github.resiliencestarter.kafka.listener;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a record when it comes again. A partition is processed in order, so there is one record for each at
 * most, which bounds it. Kept for the whole container: a partition that moves to another of its threads keeps its attempts.
 * Thread-safe.
 */
final class RetryMemory {

    private final Map<TopicPartition, Remembered> byPartition = new HashMap<>();

    /** Looked at for each record, so it is not the map. */
    private volatile boolean any;

    boolean isEmpty() {
        return !any;
    }

    synchronized void put(TopicPartition partition, Remembered remembered) {
        byPartition.put(partition, remembered);
        any = true;
    }

    /** What is known of exactly this record. */
    synchronized @Nullable Remembered find(TopicPartition partition, long offset) {
        Remembered remembered = byPartition.get(partition);
        return remembered != null && remembered.offset() == offset ? remembered : null;
    }

    /** What is known of any of them, of the one with the most attempts at that: they may come again in other company. */
    synchronized @Nullable Remembered find(List<? extends ConsumerRecord<?, ?>> records) {
        Remembered most = null;
        for (ConsumerRecord<?, ?> record : records) {
            Remembered known = find(Listening.partition(record), record.offset());
            if (known != null && (most == null || known.attempts() > most.attempts())) {
                most = known;
            }
        }
        return most;
    }

    /** What is known of the record of this partition that failed, whichever it is. */
    synchronized @Nullable Remembered find(TopicPartition partition) {
        return byPartition.get(partition);
    }

    synchronized void forget(TopicPartition partition, long offset) {
        Remembered remembered = byPartition.get(partition);
        if (remembered != null && remembered.offset() == offset) {
            byPartition.remove(partition);
            any = !byPartition.isEmpty();
        }
    }
}
