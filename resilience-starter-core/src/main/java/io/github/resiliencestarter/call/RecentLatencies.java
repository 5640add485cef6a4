package io.github.resiliencestarter.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the attempts of a call took of late: a ring of the last {@value #SIZE}, and quantiles of it. Recording is one
 * addition and one write; the quantiles are computed from all of it at most every {@value #REFRESH_MILLIS} ms, by an alarm of
 * the clock and so on none of the threads of calls. Thread-safe. It exists only for calls that use it.
 */
public final class RecentLatencies {

    private static final int SIZE = 1024;
    private static final int REFRESH_MILLIS = 100;
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(REFRESH_MILLIS);
    /** Fewer say nothing. */
    private static final int FEWEST = 100;

    private final CallClock clock;
    private final AtomicLongArray ring = new AtomicLongArray(SIZE);
    private final AtomicLong recorded = new AtomicLong();
    private final AtomicLong refreshAsked;
    private final List<Quantile> quantiles = new ArrayList<>();

    RecentLatencies(CallClock clock) {
        this.clock = clock;
        this.refreshAsked = new AtomicLong(clock.nanoTime() - REFRESH_NANOS);
    }

    /** A quantile that follows. To be asked for while the pipeline is assembled. */
    Quantile quantile(double quantile) {
        Quantile made = new Quantile(quantile);
        quantiles.add(made);
        return made;
    }

    /**
     * An attempt took so long, or, where it timed out, at least so long.
     *
     * @param now a reading of the clock that the caller has anyway
     */
    void record(long nanos, long now) {
        ring.setRelease((int) (recorded.getAndIncrement() & (SIZE - 1)), nanos);
        long asked = refreshAsked.get();
        // Less than nothing: the clock of a test was set back, and has forgotten its alarms.
        boolean isDue = now - asked >= REFRESH_NANOS || now - asked < 0;
        if (isDue && refreshAsked.compareAndSet(asked, now)) {
            clock.set(new Refresh(), REFRESH_NANOS);
        }
    }

    /** As if there had been no attempts. */
    void forget() {
        recorded.set(0);
        quantiles.forEach(each -> each.nanos = Quantile.UNKNOWN);
        refreshAsked.set(clock.nanoTime() - REFRESH_NANOS);
    }

    private void refresh() {
        int count = (int) Math.min(recorded.get(), SIZE);
        long[] sorted = new long[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = ring.getAcquire(i);
        }
        Arrays.sort(sorted);
        quantiles.forEach(each -> each.refresh(sorted));
    }

    private final class Refresh extends Alarm {
        @Override
        protected void ring() {
            refresh();
        }
    }

    /** One quantile of the latencies. */
    static final class Quantile {

        /** While there are too few attempts to tell. */
        static final long UNKNOWN = -1;

        private final double quantile;
        private final int fewest;
        private volatile long nanos = UNKNOWN;

        private Quantile(double quantile) {
            this.quantile = quantile;
            this.fewest = (int) Math.min(SIZE, Math.max(FEWEST, Math.ceil(1 / (1 - quantile))));
        }

        /** Its last value in nanoseconds, or {@link #UNKNOWN}. */
        long nanos() {
            return nanos;
        }

        private void refresh(long[] sorted) {
            if (sorted.length >= fewest) {
                nanos = sorted[(int) Math.ceil(quantile * sorted.length) - 1];
            }
        }
    }
}
