package io.github.resiliencestarter.call;

import java.time.Clock;

/**
 * Time as a pipeline sees it: reading it, waiting, and being woken. One bean of this type drives back-off, timeouts and
 * deadlines, and circuit breakers live by it too, so that a test can put a virtual one in its place. Thread-safe.
 */
public interface CallClock {

    /** Nanoseconds from an arbitrary origin, as {@link System#nanoTime()}: only differences mean something. */
    long nanoTime();

    /** Waits for this long; returns at once where it is not positive. */
    void sleep(long nanos) throws InterruptedException;

    /** Lets the alarm ring once after this delay, unless it is cancelled before. An alarm is used once. */
    void set(Alarm alarm, long delayNanos);

    /** The same time as dates. */
    default Clock clock() {
        return Clock.systemUTC();
    }

    /** The clock of this machine. */
    static CallClock system() {
        return SystemCallClock.INSTANCE;
    }
}
