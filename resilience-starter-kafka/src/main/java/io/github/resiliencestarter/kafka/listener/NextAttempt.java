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

    /** That attempt was none, because the door was closed. */
    NextAttempt behind(ClosedDoor closed) {
        if (!closed.isBusy()) {
            return new NextAttempt(failed, 0, closed, 0);
        }
        long wait = TimeUnit.MILLISECONDS.toNanos(BUSY.millisAfter(busy + 1));
        return new NextAttempt(failed, wait, closed, busy + 1);
    }

    /** Whether it waits for the circuit, however long that takes. */
    boolean isHeldBack() {
        return door != null && !door.isBusy();
    }
}
