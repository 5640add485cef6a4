package io.github.resiliencestarter.messaging.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The letters of one consumer that nobody has taken yet. Those on their first way are bounded by permits; what bounds those that
 * nobody takes is that their consumer is paused. Thread-safe.
 *
 * @param <D> a letter on its way
 */
public final class LettersInFlight<D extends Delivery> {

    /** How late it is noticed that a letter has failed, or is not awaited any more. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Semaphore permits;
    private final Set<D> open = ConcurrentHashMap.newKeySet();

    public LettersInFlight(int most) {
        this.permits = new Semaphore(most);
    }

    public boolean tryRoom() {
        return permits.tryAcquire();
    }

    /** Waits this long for room, and not at all where it is not positive. */
    public boolean awaitRoom(long nanos) throws InterruptedException {
        return permits.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param hasRoom whether it has got room of its own, which it then gives back */
    public void enter(D delivery, boolean hasRoom) {
        if (hasRoom) {
            delivery.onRoom(permits::release);
        }
        open.add(delivery);
    }

    public void leave(D delivery) {
        open.remove(delivery);
    }

    public Collection<D> open() {
        return Collections.unmodifiableSet(open);
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** Waits for those that are on their first way, until somebody has them, or it is known that nobody takes them. */
    public void await(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        for (D delivery : open) {
            while (isOnItsWay(delivery) && !Thread.currentThread().isInterrupted()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                delivery.dispatch().await(Duration.ofNanos(Math.min(left, LOOK_NANOS)));
            }
        }
    }

    private boolean isOnItsWay(D delivery) {
        return open.contains(delivery) && !delivery.isStuck();
    }

    /** @return how many nobody has taken */
    public int abandon() {
        List<D> left = List.copyOf(open);
        left.forEach(Delivery::abandon);
        return left.size();
    }
}
