package io.github.resiliencestarter.call;

import java.util.concurrent.TimeUnit;

/** The clock of this machine. Alarms are kept by one {@link Watchdog} thread for the whole JVM. */
final class SystemCallClock implements CallClock {

    static final CallClock INSTANCE = new SystemCallClock();

    /** Further than any machine runs, and near enough to be added to. */
    private static final long FURTHEST = Long.MAX_VALUE / 2;

    private final Watchdog watchdog = new Watchdog();

    private SystemCallClock() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    @Override
    public void set(Alarm alarm, long delayNanos) {
        watchdog.add(alarm, System.nanoTime() + Math.min(delayNanos, FURTHEST));
    }
}
