package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the listener is called again, and what it waits for until then. Immutable.
 *
 * @param waitNanos how long; without meaning where it waits for an open circuit
 * @param door what was closed; null if the record has failed by itself
 * @param busy how often in a row there was no room
 */
record NextAttempt(
        Remembered failed, long waitNanos, @Nullable ClosedDoor door, int busy) {

    /** Room is made within moments, or not for a while. */
    private static final Backoff BUSY = new Backoff(Duration.ofMillis(50), 2.0, Duration.ofSeconds(1), 0.5);

    static NextAttempt in(long nanos, Remembered failed) {
        return new NextAttempt(failed, nanos, null, 0);
    }

    /** There was no room, as so often in a row before. */
    static NextAttempt busy(int before, Remembered failed, ClosedDoor closed) {
        long wait = TimeUnit.MILLISECONDS.toNanos(BUSY.millisAfter(before + 1));
        return new NextAttempt(failed, wait, closed, before + 1);
    }

    /** That attempt was none, because the door was closed. */
    NextAttempt behind(ClosedDoor closed) {
        return closed.isBusy() ? busy(busy, failed, closed) : new NextAttempt(failed, 0, closed, 0);
    }

    /** Whether it waits for the circuit, however long that takes. */
    boolean isHeldBack() {
        return door != null && !door.isBusy();
    }
}
