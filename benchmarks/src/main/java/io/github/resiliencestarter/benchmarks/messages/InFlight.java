package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.MessageObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts dead letters of ours that are on their way: given up by the listener, and not yet confirmed by the broker. Thread-safe. */
final class InFlight implements MessageObserver {

    private final AtomicInteger givenUp = new AtomicInteger();
    private final AtomicInteger confirmed = new AtomicInteger();
    private volatile int most;

    /** Called by the consumer thread, which goes on only when all that it has given up before has been sent. */
    void givenUp() {
        most = Math.max(most, givenUp.getAndIncrement() - confirmed.get());
    }

    @Override
    public void deadLettered(DeadLetter letter) {
        confirmed.incrementAndGet();
    }

    /** The most there were at a time. */
    int most() {
        return most;
    }
}
