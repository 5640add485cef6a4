package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.call.CallClock;
import java.util.concurrent.TimeUnit;

/** When the next letter may be sent: evenly, and without catching up on what was missed. Used by one thread. */
final class Pacer {

    private final CallClock clock;
    private final long interval;
    private long next;

    /** @param perSecond 0 is without a limit */
    Pacer(CallClock clock, double perSecond) {
        this.clock = clock;
        this.interval = perSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.next = clock.nanoTime();
    }

    /** Nanoseconds until the next letter may be sent; 0 or less if it may be sent now. */
    long untilNext() {
        return interval == 0 ? 0 : next - clock.nanoTime();
    }

    /** A letter is sent now. */
    void sent() {
        long now = clock.nanoTime();
        next = (next - now > 0 ? next : now) + interval;
    }
}
