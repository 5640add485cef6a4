package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Waits in the listener's thread, as far as that is harmless: whoever does not poll within {@code max.poll.interval.ms} is expelled
 * from the group, and its records go to others while it is still at work on them. Thread-safe.
 */
final class Patience {

    /** How late a container that is stopped, or a thread that is interrupted, is noticed. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final MessageListenerContainer container;
    private final long budgetNanos;

    /** @param budget how long after a poll the thread may be still asleep */
    Patience(MessageListenerContainer container, Duration budget) {
        this.container = container;
        this.budgetNanos = budget.toNanos();
    }

    /**
     * @param guard null if the consumer is not guarded: nobody knows when it has polled, so there is no waiting
     * @param attemptNanos how long the last attempt took; the next one may take as long
     * @return false if it did not wait to the end: there is no time, or the container stops
     */
    boolean waits(@Nullable ConsumerGuard guard, long waitNanos, long attemptNanos) {
        if (!container.isRunning() || Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (waitNanos <= 0 && guard == null) {
            return true;
        }
        return guard != null && guard.nanosSincePoll() + waitNanos + attemptNanos < budgetNanos && sleeps(waitNanos);
    }

    /** For a consumer without a guard: as much of the wait as leaves half of the budget to whoever is next. */
    void sleepsAtMost(Duration wait) {
        sleeps(Math.min(wait.toNanos(), budgetNanos / 2));
    }

    private boolean sleeps(long waitNanos) {
        long end = System.nanoTime() + waitNanos;
        for (long left = waitNanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
            if (!container.isRunning() || Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return true;
    }
}
