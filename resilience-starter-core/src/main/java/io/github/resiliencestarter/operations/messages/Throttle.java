package io.github.resiliencestarter.operations.messages;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets one line of a kind through in a while, and counts the others: in an outage there are thousands. Knows a limited number of
 * kinds; what comes beyond is one kind. Thread-safe.
 */
final class Throttle {

    static final long HELD_BACK = -1;

    private static final int MOST_KINDS = 1_000;

    private final ConcurrentMap<String, Kind> kinds = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final long period;

    Throttle(LongSupplier nanoTime, Duration period) {
        this.nanoTime = nanoTime;
        this.period = period.toNanos();
    }

    /** How many of this kind were held back since the last one; {@link #HELD_BACK} if this one is, too. */
    long pass(String name) {
        String known = kinds.containsKey(name) || kinds.size() < MOST_KINDS ? name : "";
        long now = nanoTime.getAsLong();
        Kind kind = kinds.computeIfAbsent(known, added -> new Kind(now - period));
        long last = kind.last.get();
        if (now - last >= period && kind.last.compareAndSet(last, now)) {
            return kind.heldBack.getAndSet(0);
        }
        kind.heldBack.incrementAndGet();
        return HELD_BACK;
    }

    private static final class Kind {

        final AtomicLong last;
        final AtomicLong heldBack = new AtomicLong();

        Kind(long last) {
            this.last = new AtomicLong(last);
        }
    }
}
