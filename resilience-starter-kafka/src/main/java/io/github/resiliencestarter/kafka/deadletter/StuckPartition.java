package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.OwnedPause;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A partition with dead letters that nobody takes: paused, because each further failure would have to be kept too, until the last
 * of them is taken. Without a guard there is nothing to pause by: its listener gets no further, because its record is not
 * acknowledged.
 */
final class StuckPartition {

    private final Set<RecordDelivery> deliveries = new HashSet<>();
    private final @Nullable OwnedPause owned;
    private final Pause pause;
    private final LadderParts parts;

    private StuckPartition(@Nullable OwnedPause owned, Pause pause, LadderParts parts) {
        this.owned = owned;
        this.pause = pause;
        this.parts = parts;
    }

    static StuckPartition pause(
            @Nullable ConsumerGuard guard, TopicPartition partition, RecordDelivery first, LadderParts parts) {
        String detail = "neither the broker nor the store takes dead letters of " + partition;
        Pause pause = new Pause(
                first.listener(),
                partition.topic(),
                Pause.Reason.UNDELIVERABLE,
                detail,
                parts.clock().clock().instant());
        OwnedPause owned = guard == null ? null : guard.pause(partition);
        parts.observer().paused(pause);
        return new StuckPartition(owned, pause, parts);
    }

    void add(RecordDelivery delivery) {
        deliveries.add(delivery);
    }

    /** @return whether it was the last, so that the partition is consumed again */
    boolean remove(RecordDelivery delivery) {
        if (!deliveries.remove(delivery) || !deliveries.isEmpty()) {
            return false;
        }
        if (owned != null) {
            owned.resume();
        }
        parts.observer().resumed(pause);
        return true;
    }
}
