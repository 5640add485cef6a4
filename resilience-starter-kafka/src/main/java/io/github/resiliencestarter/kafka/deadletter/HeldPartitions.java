package io.github.resiliencestarter.kafka.deadletter;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/** Which partitions wait for the store, and for how long: twice as long each time. For one thread. */
final class HeldPartitions {

    private final Duration first;
    private final Duration longest;
    private final LongSupplier nanos;
    private final Map<TopicPartition, Hold> holds = new HashMap<>();

    HeldPartitions(Duration first, Duration longest, LongSupplier nanos) {
        this.first = first;
        this.longest = longest;
        this.nanos = nanos;
    }

    private record Hold(Duration length, long until) {}

    Duration hold(TopicPartition partition) {
        Hold before = holds.get(partition);
        Duration wait = before == null ? first : before.length().multipliedBy(2);
        Duration bounded = wait.compareTo(longest) > 0 ? longest : wait;
        holds.put(partition, new Hold(bounded, nanos.getAsLong() + bounded.toNanos()));
        return bounded;
    }

    void release(TopicPartition partition) {
        holds.remove(partition);
    }

    /** Those that have waited long enough. */
    List<TopicPartition> due() {
        long now = nanos.getAsLong();
        return holds.entrySet().stream()
                .filter(entry -> now - entry.getValue().until() >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Forgets the partitions that belong to others now. */
    void retain(Collection<TopicPartition> assigned) {
        holds.keySet().retainAll(assigned);
    }
}
