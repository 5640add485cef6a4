package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.CircuitGate;
import io.github.resiliencestarter.messaging.circuit.CircuitGates;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the listener of one container finds closed, and which records wait there. An open circuit is a matter of the whole container,
 * a full bulkhead one of the record in hand. Thread-safe.
 */
final class Doors {

    /** A record, as the log names it. */
    private record Position(TopicPartition partition, long offset) {

        static Position of(ConsumerRecord<?, ?> record) {
            return new Position(Listening.partition(record), record.offset());
        }

        @Override
        public String toString() {
            return partition + " at offset " + offset;
        }
    }

    private final @Nullable CircuitGate gate;
    private final HeldBack heldBack = new HeldBack();

    /** @param gates null if rejections are failures like any other */
    Doors(@Nullable CircuitGates gates, String listener, MessageObserver observer) {
        this.gate = gates == null ? null : gates.gate(listener, heldBack, observer);
    }

    /** Looked at for each record. */
    boolean isShut() {
        return gate != null && gate.isShut();
    }

    /** Whether the listener may be called now; if so, it is to be told how that ended. */
    boolean admits() {
        return gate == null || !gate.isShut() || gate.admits();
    }

    void passed(ConsumerRecord<?, ?> record) {
        if (gate != null && gate.isShut()) {
            gate.passed(Position.of(record));
        }
    }

    /** Why this says nothing about the record; null if it is the record's own failure. */
    @Nullable
    ClosedDoor failed(ConsumerRecord<?, ?> record, Throwable failure) {
        return gate == null ? null : gate.failed(Position.of(record), record.topic(), failure);
    }

    /** These records, and what comes after them in their partitions, come again when they are let through. On the consumer's thread. */
    void holdBack(ConsumerGuard guard, List<? extends ConsumerRecord<?, ?>> records) {
        for (ConsumerRecord<?, ?> record : records) {
            TopicPartition partition = Listening.partition(record);
            if (!guard.isHeld(partition, record.offset())) {
                heldBack.hold(guard, partition, record.offset());
            }
        }
        if (gate != null) {
            gate.held();
        }
    }
}
