package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The letters of one consumer that nobody has taken yet. Those in flight are bounded by permits. One that nobody takes gives its
 * permit back, for else a consumer would wait for it and not poll; those are bounded by the pause of their partition.
 * Thread-safe.
 */
final class OpenLetters {

    private final @Nullable ConsumerGuard guard;
    private final LadderParts parts;
    private final Semaphore permits;
    private final Set<Delivery> open = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, StuckPartition> stuck = new HashMap<>();

    /** @param guard null for the letters of all consumers that have none */
    OpenLetters(@Nullable ConsumerGuard guard, LadderParts parts) {
        this.guard = guard;
        this.parts = parts;
        this.permits = new Semaphore(parts.settings().maxInFlight());
    }

    /** Waits for room. A consumer that would no longer poll in time goes on without. */
    void enter(Delivery delivery) {
        if (permits.tryAcquire() || acquire()) {
            delivery.hasPermit();
        }
        open.add(delivery);
    }

    private boolean acquire() {
        long used = guard == null ? 0 : guard.nanosSincePoll();
        try {
            return permits.tryAcquire(parts.settings().budget().toNanos() - used, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void makeRoom() {
        permits.release();
    }

    synchronized void stuck(Delivery delivery, Throwable why) {
        stuck.computeIfAbsent(
                        delivery.partition(), partition -> StuckPartition.pause(guard, partition, delivery, why, parts))
                .add(delivery);
        parts.observer().undeliverable(delivery.letter(), why);
    }

    /** It is taken, or its partition has left. */
    synchronized void leave(Delivery delivery) {
        open.remove(delivery);
        StuckPartition partition = stuck.get(delivery.partition());
        if (partition != null && partition.remove(delivery)) {
            stuck.remove(delivery.partition());
        }
    }

    void left(Collection<TopicPartition> partitions) {
        for (Delivery delivery : open) {
            if (partitions.contains(delivery.partition())) {
                delivery.abandon();
            }
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Waits for those that are on their first way. */
    void awaitInFlight(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        for (Delivery delivery : open) {
            if (!delivery.isStuck()) {
                delivery.dispatch().await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        }
    }

    /** @return how many nobody has taken */
    int stop() {
        List<Delivery> left = List.copyOf(open);
        left.forEach(Delivery::abandon);
        return left.size();
    }
}
