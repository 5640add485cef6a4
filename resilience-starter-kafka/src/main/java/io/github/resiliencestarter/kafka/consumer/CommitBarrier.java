package io.github.resiliencestarter.kafka.consumer;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far each partition of a consumer may be committed. Has an entry only where something stands in the way. Belongs to the consumer's thread. */
final class CommitBarrier {

    private final Map<TopicPartition, PartitionBarrier> partitions = new HashMap<>();

    /** Nothing stands in the way of anything. */
    boolean isOpen() {
        return partitions.isEmpty();
    }

    PartitionBarrier of(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, ignored -> new PartitionBarrier());
    }

    long heldFrom(TopicPartition partition) {
        PartitionBarrier barrier = partitions.get(partition);
        return barrier == null ? Long.MAX_VALUE : barrier.heldFrom();
    }

    Map<TopicPartition, PartitionBarrier> all() {
        return partitions;
    }

    /** How much of what is asked may be committed now. */
    Map<TopicPartition, OffsetAndMetadata> admit(Map<TopicPartition, OffsetAndMetadata> asked) {
        Map<TopicPartition, OffsetAndMetadata> admitted = new HashMap<>();
        asked.forEach((partition, offset) -> {
            PartitionBarrier barrier = partitions.get(partition);
            OffsetAndMetadata allowed = barrier == null ? offset : barrier.admit(offset);
            if (allowed != null) {
                admitted.put(partition, allowed);
            }
        });
        return admitted;
    }

    /** How much of what is owed may be committed now. */
    Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> among) {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        for (TopicPartition partition : among) {
            PartitionBarrier barrier = partitions.get(partition);
            OffsetAndMetadata offset = barrier == null ? null : barrier.due();
            if (offset != null) {
                due.put(partition, offset);
            }
        }
        return due;
    }

    void failed(Collection<TopicPartition> asked) {
        present(asked).forEach(PartitionBarrier::failed);
    }

    boolean isOwing() {
        return partitions.values().stream().anyMatch(PartitionBarrier::isOwing);
    }

    boolean isHolding() {
        return partitions.values().stream().anyMatch(PartitionBarrier::isHolding);
    }

    boolean isAwaited(Collection<TopicPartition> among) {
        return present(among).anyMatch(PartitionBarrier::isAwaited);
    }

    void doNotAwait(Collection<TopicPartition> among) {
        present(among).forEach(PartitionBarrier::doNotAwait);
    }

    /**
     * The partitions have left. What was not safe will come again to whoever gets them. That may be this consumer, and its
     * container may repeat a commit from before, which it does until the next poll: until then a ceiling stays.
     */
    void forget(Collection<TopicPartition> left) {
        for (TopicPartition partition : left) {
            PartitionBarrier barrier = partitions.remove(partition);
            long unsafe = barrier == null ? Long.MAX_VALUE : barrier.unsafeFrom();
            if (unsafe != Long.MAX_VALUE) {
                of(partition).lowerCeiling(unsafe);
            }
        }
    }

    /** What the poll of the rebalance itself has brought is worked through before the container repeats anything. */
    void liftCeilings(ToLongFunction<TopicPartition> position) {
        partitions.forEach((partition, barrier) -> {
            if (barrier.hasCeiling()) {
                barrier.liftCeiling(position.applyAsLong(partition));
            }
        });
    }

    void raiseCeilings() {
        each(PartitionBarrier::raiseCeiling);
    }

    void prune() {
        partitions.values().removeIf(PartitionBarrier::isIdle);
    }

    private void each(Consumer<PartitionBarrier> action) {
        partitions.values().forEach(action);
    }

    private Stream<PartitionBarrier> present(Collection<TopicPartition> among) {
        return among.stream().filter(partitions::containsKey).map(partitions::get);
    }
}
