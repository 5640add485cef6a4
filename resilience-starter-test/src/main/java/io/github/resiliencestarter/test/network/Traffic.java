package io.github.resiliencestarter.test.network;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of one direction, over all connections. */
final class Traffic {

    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    void onPassed(long bytes) {
        passed.addAndGet(bytes);
    }

    void onLost(long bytes) {
        lost.addAndGet(bytes);
    }

    long passed() {
        return passed.get();
    }

    long lost() {
        return lost.get();
    }
}
