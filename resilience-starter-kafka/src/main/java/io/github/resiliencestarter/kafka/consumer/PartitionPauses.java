package io.github.resiliencestarter.kafka.consumer;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Who wants which partition paused: the container, or we. The consumer is paused where either does, and the container never sees
 * our pauses, so it never ends them. Belongs to the consumer's thread, except for the owned pauses themselves.
 */
final class PartitionPauses {

    private final Consumer<?, ?> consumer;
    private final Set<OwnedPause> owned = ConcurrentHashMap.newKeySet();
    private final Set<TopicPartition> wantedByContainer = new HashSet<>();
    private final Set<TopicPartition> ours = new HashSet<>();

    PartitionPauses(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Any thread. */
    OwnedPause own(@Nullable TopicPartition partition) {
        return new OwnedPause(partition, owned);
    }

    /** Nobody but the container pauses anything. */
    boolean isQuiet() {
        return ours.isEmpty() && owned.isEmpty();
    }

    boolean isPausedByContainer(TopicPartition partition) {
        return wantedByContainer.contains(partition);
    }

    void containerPauses(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        wantedByContainer.addAll(partitions);
    }

    void containerResumes(Collection<TopicPartition> partitions) {
        Set<TopicPartition> free = new HashSet<>(partitions);
        free.removeAll(ours);
        consumer.resume(free);
        wantedByContainer.removeAll(partitions);
    }

    Set<TopicPartition> pausedByContainer() {
        Set<TopicPartition> paused = new HashSet<>(consumer.paused());
        paused.removeIf(partition -> ours.contains(partition) && !wantedByContainer.contains(partition));
        return paused;
    }

    /** Brings the consumer to what is wanted now. */
    void apply(Predicate<TopicPartition> held) {
        Set<TopicPartition> wanted = new HashSet<>();
        Set<TopicPartition> assigned = consumer.assignment();
        for (TopicPartition partition : assigned) {
            if (held.test(partition) || owned.stream().anyMatch(pause -> pause.covers(partition))) {
                wanted.add(partition);
            }
        }
        Set<TopicPartition> free = new HashSet<>(ours);
        free.removeAll(wanted);
        free.removeAll(wantedByContainer);
        free.retainAll(assigned);
        if (!free.isEmpty()) {
            consumer.resume(free);
        }
        if (!wanted.isEmpty()) {
            consumer.pause(wanted);
        }
        ours.clear();
        ours.addAll(wanted);
    }

    /** A partition that leaves is not paused any more, whoever wanted it; open pauses are applied when it comes back. */
    void forget(Collection<TopicPartition> left) {
        wantedByContainer.removeAll(left);
        ours.removeAll(left);
    }
}
