package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.call.CallClock;
import java.time.Duration;

/** A remote that takes the request and does not answer. Waits by the clock of the calls, in steps short enough to notice the end. */
final class Hang {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();

    private final String call;
    private final CallClock clock;
    private volatile boolean over;

    Hang(String call, CallClock clock) {
        this.call = call;
        this.clock = clock;
    }

    void await() throws InterruptedException {
        long startedAt = clock.nanoTime();
        while (!over) {
            if (clock.nanoTime() - startedAt >= LONGEST.toNanos()) {
                throw new InjectedFaultException("Call '" + call + "' has hung for " + LONGEST.toHours()
                        + " h, and nothing has ended it. Set resilience.calls." + call + ".timeout.per-attempt");
            }
            clock.sleep(STEP_NANOS);
        }
    }

    void end() {
        over = true;
    }
}
