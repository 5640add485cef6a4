package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.plan.Backoff;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When the listener is called again. Immutable.
 *
 * @param waitNanos how long that is from now
 * @param busy how often in a row there was no room for it in a bulkhead or under a rate limit
 */
record NextAttempt(Tried tried, long waitNanos, int busy) {

    /** Room is made within moments, or not for a while. */
    private static final Backoff BUSY = new Backoff(Duration.ofMillis(50), 2.0, Duration.ofSeconds(1), 0.5);

    static NextAttempt now(Tried tried) {
        return new NextAttempt(tried, 0, 0);
    }

    static NextAttempt in(Duration wait, Tried tried) {
        return new NextAttempt(tried, wait.toNanos(), 0);
    }

    /** There was no room, as so often in a row before. */
    static NextAttempt busy(int before, Tried tried) {
        return new NextAttempt(tried, TimeUnit.MILLISECONDS.toNanos(BUSY.millisAfter(before + 1)), before + 1);
    }

    /** Whether others should wait with it, because they would find no room either. */
    boolean isBusy() {
        return busy > 0;
    }
}
