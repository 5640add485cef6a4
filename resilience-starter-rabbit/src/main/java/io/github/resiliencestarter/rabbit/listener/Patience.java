package io.github.resiliencestarter.rabbit.listener;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in the listener's thread, where those behind a message are to wait as well. */
final class Patience {

    /** How late a container that is stopped, or a thread that is interrupted, is noticed. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Patience() {}

    /** @return false if it did not wait to the end, because the consumer stops */
    static boolean waits(long waitNanos, BooleanSupplier running) {
        long end = System.nanoTime() + waitNanos;
        for (long left = waitNanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
            if (!running.getAsBoolean()) {
                return false;
            }
        }
        return running.getAsBoolean();
    }
}
