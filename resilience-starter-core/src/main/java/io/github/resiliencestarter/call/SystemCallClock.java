package io.github.resiliencestarter.call;

import java.util.concurrent.TimeUnit;

/** The clock of this machine. Alarms are kept by one {@link Watchdog} thread for the whole JVM. */
final class SystemCallClock implements CallClock {

    static final CallClock INSTANCE = new SystemCallClock();

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
        watchdog.add(alarm, System.nanoTime() + delayNanos);
    }
}
