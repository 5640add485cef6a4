package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.circuit.WaitingMessages;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The threads of a listener that wait before its gate, each with the message that it has in hand: given back to the broker, it would
 * only be counted as delivered once more. The one that has waited longest is the next to go. Thread-safe.
 */
final class HeldBack implements WaitingMessages {

    /** How late a consumer that stops is noticed. */
    private static final long SLICE_MILLIS = 20;

    private final Set<CountDownLatch> waiting = new LinkedHashSet<>();

    /** From now on a release counts, so that none is missed between the look at the gate and the wait. */
    CountDownLatch enter() {
        CountDownLatch released = new CountDownLatch(1);
        synchronized (waiting) {
            waiting.add(released);
        }
        return released;
    }

    /** @return false if the consumer stops before it is released */
    boolean await(CountDownLatch released, BooleanSupplier running) {
        try {
            while (!released.await(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!running.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            synchronized (waiting) {
                waiting.remove(released);
            }
        }
    }

    @Override
    public void releaseNext() {
        synchronized (waiting) {
            waiting.stream().findFirst().ifPresent(longest -> {
                longest.countDown();
                waiting.remove(longest);
            });
        }
    }

    @Override
    public void releaseAll() {
        synchronized (waiting) {
            waiting.forEach(CountDownLatch::countDown);
            waiting.clear();
        }
    }
}
