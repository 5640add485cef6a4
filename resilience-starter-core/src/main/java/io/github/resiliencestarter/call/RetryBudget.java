package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.RetryBudgetSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many retries and hedges a call may still add to its load: in each window {@code ratio} for each call of the window, and
 * {@code minPerSecond} for each second of it however few calls there are. A token is taken for each; there is no giving back.
 *
 * <p>A call that succeeds has no part in it. Calls are counted by somebody else, and read here only when a token is asked for;
 * those between two readings are taken to have come evenly. The window slides in {@value #SLOTS} steps, and is rounded so that
 * there are never more retries than the formula says. Thread-safe: tokens are handed out one at a time, under a lock that only
 * calls in trouble know.
 */
public final class RetryBudget {

    private static final int SLOTS = 50;
    /** The last window of retries reaches into one slot more than that of calls: rounded up the one, down the other. */
    private static final int RING = SLOTS + 1;

    private static final double ROUNDING = 1e-6;

    private final double ratio;
    private final double reserve;
    private final long slotNanos;
    private final LongSupplier calls;
    private final CallClock clock;
    private final double[] callsOfSlot = new double[RING];
    private final long[] tokensOfSlot = new long[RING];
    private long origin;
    private long readAt;
    private long callsRead;

    /**
     * @param ratio tokens for each call of the window
     * @param minPerSecond tokens for each second of the window, calls or not
     * @param window the time over which calls and tokens are counted; at least a microsecond
     * @param calls how many calls there have been since some beginning
     */
    public RetryBudget(double ratio, double minPerSecond, Duration window, LongSupplier calls, CallClock clock) {
        this.ratio = ratio;
        this.reserve = minPerSecond * window.toNanos() / 1e9;
        this.slotNanos = Math.max(1, window.toNanos() / SLOTS);
        this.calls = calls;
        this.clock = clock;
        startAnew(clock.nanoTime());
    }

    /** The budget of this plan; null where it has none. */
    static @Nullable RetryBudget of(CallPlan plan, CallCounts counts, CallClock clock) {
        if (!plan.limitsRetries()) {
            return null;
        }
        RetryBudgetSettings settings = plan.retryBudget();
        return new RetryBudget(
                CallParts.required(settings.ratio()),
                CallParts.required(settings.minPerSecond()),
                CallParts.required(settings.window()),
                counts::sent,
                clock);
    }

    /** Takes a token for one more attempt. False if there is none: then the attempt is not to be made. */
    public synchronized boolean tryAcquire() {
        int slot = read();
        if (left() < 1 - ROUNDING) {
            return false;
        }
        tokensOfSlot[slot]++;
        return true;
    }

    /** How many tokens could be taken now. */
    public synchronized long available() {
        read();
        return (long) Math.max(0, left() + ROUNDING);
    }

    /** As if there had been neither calls nor tokens. */
    synchronized void forget() {
        startAnew(clock.nanoTime());
    }

    private double left() {
        return reserve
                + ratio * Arrays.stream(callsOfSlot).sum()
                - Arrays.stream(tokensOfSlot).sum();
    }

    /** Counts what has come since the last time, and forgets what is older than the window. Returns the slot of now. */
    private int read() {
        long now = clock.nanoTime();
        if (now - readAt < 0) {
            startAnew(now); // the clock of a test that was set back
        }
        long total = calls.getAsLong();
        double fresh = Math.max(0, total - callsRead);
        long elapsed = now - readAt;
        long current = (now - origin) / slotNanos;
        for (long slot = Math.max((readAt - origin) / slotNanos + 1, current - SLOTS); slot <= current; slot++) {
            int index = (int) (slot % RING);
            callsOfSlot[index] = fresh * Math.min(slotNanos, now - origin - slot * slotNanos) / elapsed;
            tokensOfSlot[index] = 0;
        }
        long last = (readAt - origin) / slotNanos;
        if (last == current) {
            callsOfSlot[(int) (current % RING)] += fresh;
        } else {
            long rest = origin + (last + 1) * slotNanos - readAt;
            if (current - last < SLOTS) {
                callsOfSlot[(int) (last % RING)] += fresh * rest / elapsed;
            }
            callsOfSlot[(int) ((current + 1) % RING)] = 0;
        }
        callsRead = Math.max(callsRead, total);
        readAt = now;
        return (int) (current % RING);
    }

    private void startAnew(long now) {
        origin = now;
        readAt = now;
        callsRead = calls.getAsLong();
        Arrays.fill(callsOfSlot, 0);
        Arrays.fill(tokensOfSlot, 0);
    }
}
