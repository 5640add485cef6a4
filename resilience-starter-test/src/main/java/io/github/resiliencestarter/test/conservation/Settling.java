package io.github.resiliencestarter.test.conservation;

import java.time.Duration;

/** Waits for messages that are still on their way through the consumers. */
final class Settling {

    private static final long LOOK_EVERY_MILLISECONDS = 50;

    private final Transport transport;
    private final Numbers acknowledged;

    Settling(Transport transport, Numbers acknowledged) {
        this.transport = transport;
        this.acknowledged = acknowledged;
    }

    /** Until every acknowledged number is accounted for, or nothing has changed for a while, or the patience is at its end. */
    void await(Duration patience, Duration quiet) throws InterruptedException {
        long start = System.nanoTime();
        long lastChange = start;
        long lastMissing = -1;
        while (System.nanoTime() - start < patience.toNanos()) {
            long missing = missing();
            if (missing == 0) {
                return;
            }
            if (missing != lastMissing) {
                lastMissing = missing;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > quiet.toNanos()) {
                return;
            }
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
    }

    private long missing() {
        Numbers processed = transport.processed();
        Numbers deadLettered = transport.deadLettered();
        Numbers parked = transport.parked();
        return acknowledged.stream()
                .filter(number ->
                        !processed.contains(number) && !deadLettered.contains(number) && !parked.contains(number))
                .count();
    }
}
