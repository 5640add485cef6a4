package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import io.github.resiliencestarter.messaging.delivery.LettersInFlight;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The letters of one consumer that nobody has taken yet. Those in flight are bounded; one that nobody takes gives its room back,
 * for else a consumer would wait for it and not poll; those are bounded by the pause of their partition. Thread-safe.
 */
final class OpenLetters {

    private final @Nullable ConsumerGuard guard;
    private final LadderParts parts;
    private final Duration budget;
    private final LettersInFlight<RecordDelivery> inFlight;
    private final Map<TopicPartition, StuckPartition> stuck = new HashMap<>();

    /**
     * @param guard null for the letters of all consumers that have none
     * @param budget how long after its last poll a consumer may wait for room for one more letter
     */
    OpenLetters(@Nullable ConsumerGuard guard, LadderParts parts, Duration budget) {
        this.guard = guard;
        this.parts = parts;
        this.budget = budget;
        this.inFlight = new LettersInFlight<>(parts.settings().maxInFlight());
    }

    /** Waits for room. A consumer that would no longer poll in time goes on without. */
    void enter(RecordDelivery delivery) {
        inFlight.enter(delivery, inFlight.tryRoom() || awaitRoom());
    }

    private boolean awaitRoom() {
        long used = guard == null ? 0 : guard.nanosSincePoll();
        try {
            return inFlight.awaitRoom(budget.toNanos() - used);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    synchronized void stuck(RecordDelivery delivery) {
        stuck.computeIfAbsent(
                        delivery.partition(), partition -> StuckPartition.pause(guard, partition, delivery, parts))
                .add(delivery);
    }

    /** It is taken, or its partition has left. */
    synchronized void leave(RecordDelivery delivery) {
        inFlight.leave(delivery);
        StuckPartition partition = stuck.get(delivery.partition());
        if (partition != null && partition.remove(delivery)) {
            stuck.remove(delivery.partition());
        }
    }

    void left(Collection<TopicPartition> partitions) {
        for (RecordDelivery delivery : inFlight.open()) {
            if (partitions.contains(delivery.partition())) {
                delivery.abandon();
            }
        }
    }

    boolean isEmpty() {
        return inFlight.isEmpty();
    }

    /** Waits for those that are on their first way. */
    void awaitInFlight(Duration most) {
        inFlight.await(most);
    }

    /** @return how many nobody has taken */
    int stop() {
        return inFlight.abandon();
    }
}
