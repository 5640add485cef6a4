package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.CircuitGate;
import io.github.resiliencestarter.messaging.circuit.CircuitGates;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the listener of one container finds closed, and who waits there. An open circuit is a matter of the whole container, a full
 * bulkhead one of the message in hand. Thread-safe.
 */
final class Doors {

    /** A message, as the log names it. */
    private record Position(ConsumerChannel channel, String queue, long tag) {

        static Position of(Delivery delivery) {
            return new Position(
                    delivery.channel(),
                    delivery.queue(),
                    delivery.message().getMessageProperties().getDeliveryTag());
        }

        @Override
        public String toString() {
            return "Message " + tag + " of " + queue;
        }
    }

    private final @Nullable CircuitGate gate;
    private final HeldBack heldBack = new HeldBack();

    /** @param gates null if rejections are failures like any other */
    Doors(@Nullable CircuitGates gates, String listener, MessageObserver observer) {
        this.gate = gates == null ? null : gates.gate(listener, heldBack, observer);
    }

    /** Looked at for each message. */
    boolean isShut() {
        return gate != null && gate.isShut();
    }

    /**
     * Waits until the listener may be called on this thread; it is then to be told how that ended.
     *
     * @return false if the consumer stops before
     */
    boolean awaitAdmission(BooleanSupplier running) {
        while (gate != null && gate.isShut() && !gate.admits()) {
            CountDownLatch released = heldBack.enter();
            gate.held();
            if (!heldBack.await(released, running)) {
                return false;
            }
        }
        return true;
    }

    void passed(Delivery delivery) {
        if (gate != null && gate.isShut()) {
            gate.passed(Position.of(delivery));
        }
    }

    /** Why this says nothing about the message; null if it is the message's own failure. */
    @Nullable
    ClosedDoor failed(Delivery delivery, Throwable failure) {
        return gate == null ? null : gate.failed(Position.of(delivery), delivery.queue(), failure);
    }
}
