package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.Hold;
import io.github.resiliencestarter.kafka.consumer.PartitionLeaveListener;
import io.github.resiliencestarter.messaging.circuit.WaitingMessages;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of a container that wait before its gate, each at the first record that was not let through. The one that has
 * waited longest is the next to go, so that probes are taken from one partition after the other. Thread-safe.
 */
final class HeldBack implements WaitingMessages {

    private record Waiting(ConsumerGuard guard, Hold hold) {}

    private final Map<TopicPartition, Waiting> waiting = new LinkedHashMap<>();

    /** One and the same for all guards, which take it once. */
    private final PartitionLeaveListener leaving = this::left;

    /** On the consumer's thread. */
    void hold(ConsumerGuard guard, TopicPartition partition, long offset) {
        guard.onLeave(leaving);
        Hold hold = guard.hold(partition, offset, null);
        Waiting before;
        synchronized (waiting) {
            before = waiting.remove(partition);
            waiting.put(partition, new Waiting(guard, hold));
        }
        if (before != null) {
            before.hold.release();
        }
    }

    @Override
    public void releaseNext() {
        synchronized (waiting) {
            Iterator<Waiting> longest = waiting.values().iterator();
            if (longest.hasNext()) {
                longest.next().hold.release();
                longest.remove();
            }
        }
    }

    @Override
    public void releaseAll() {
        synchronized (waiting) {
            waiting.values().forEach(each -> each.hold.release());
            waiting.clear();
        }
    }

    /** Their records come to the next owner, who meets the gate as well if it is one of ours. */
    private void left(ConsumerGuard guard, Collection<TopicPartition> partitions) {
        synchronized (waiting) {
            partitions.forEach(partition ->
                    waiting.computeIfPresent(partition, (same, each) -> each.guard == guard ? null : each));
        }
    }
}
