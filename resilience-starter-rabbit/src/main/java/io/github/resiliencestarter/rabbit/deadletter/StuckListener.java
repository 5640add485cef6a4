package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import java.util.HashSet;
import java.util.Set;

/**
 * A listener with dead letters that nobody takes: it waits, because each further failure would have to be kept too, until the last
 * of them is taken. Guarded by its listener's letters.
 */
final class StuckListener {

    private final Set<MessageDelivery> deliveries = new HashSet<>();
    private final Pause pause;
    private final LadderParts parts;

    private StuckListener(Pause pause, LadderParts parts) {
        this.pause = pause;
        this.parts = parts;
    }

    static StuckListener pause(String listener, MessageDelivery first, LadderParts parts) {
        String queue = first.letter().source().name();
        String detail = "neither the broker nor the store takes dead letters of " + queue;
        Pause pause = new Pause(
                listener,
                queue,
                Pause.Reason.UNDELIVERABLE,
                detail,
                parts.clock().clock().instant());
        parts.observer().paused(pause);
        return new StuckListener(pause, parts);
    }

    void add(MessageDelivery delivery) {
        deliveries.add(delivery);
    }

    /** @return whether it was the last, so that the listener goes on */
    boolean remove(MessageDelivery delivery) {
        if (!deliveries.remove(delivery) || !deliveries.isEmpty()) {
            return false;
        }
        parts.observer().resumed(pause);
        return true;
    }
}
