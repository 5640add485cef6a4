package io.github.resiliencestarter.call;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings alarms, made for alarms that are nearly always cancelled: an attempt sets one and cancels it when the answer
 * comes. Setting is one push onto a lock-free stack, cancelling one compare-and-set; no lock, no heap, and as a rule no
 * wake-up of another thread. The watchdog thread empties the stack every {@value #SWEEP_MILLIS} ms, drops what was
 * cancelled, and keeps the rest in a heap that only it touches. It is woken early only for an alarm that is due before
 * its next sweep, and sleeps for good while there is nothing to watch.
 *
 * <p>An alarm rings as punctually as the scheduler of the machine allows, in practice within a millisecond or two.
 */
final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.resiliencestarter");

    private static final long SWEEP_MILLIS = 50;
    private static final long SWEEP_NANOS = SWEEP_MILLIS * 1_000_000;
    private static final long BUSY = Long.MIN_VALUE;
    private static final long WHEN_WOKEN = Long.MAX_VALUE;

    private final AtomicReference<@Nullable Alarm> inbox = new AtomicReference<>();
    private final long origin = System.nanoTime();
    private final PriorityQueue<Alarm> pending = new PriorityQueue<>(Comparator.comparingLong(this::dueSinceOrigin));
    private int purgeAt = 1024;
    private volatile long wakesAt = BUSY;
    private volatile @Nullable Thread thread;

    void add(Alarm alarm, long due) {
        alarm.due = due;
        Alarm head;
        do {
            head = inbox.get();
            alarm.next = head;
        } while (!inbox.compareAndSet(head, alarm));
        Thread watchdog = thread;
        if (watchdog == null) {
            watchdog = start();
        }
        // The watchdog publishes when it wakes before it looks into the inbox for the last time, and we push before we
        // read that: so either it sees our alarm, or we see that it sleeps too long.
        if (dueSinceOrigin(alarm) < wakesAt) {
            LockSupport.unpark(watchdog);
        }
    }

    private synchronized Thread start() {
        Thread running = thread;
        if (running == null) {
            running = DaemonThreads.start("resilience-watchdog", this::watch);
            thread = running;
        }
        return running;
    }

    private void watch() {
        while (true) {
            boolean active = collect() | !pending.isEmpty();
            ringDue();
            long wake = active ? nextWake() : WHEN_WOKEN;
            wakesAt = wake;
            if (earliestInInbox() >= wake) {
                rest(wake);
            }
            wakesAt = BUSY;
        }
    }

    private void rest(long wake) {
        if (wake == WHEN_WOKEN) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, wake - sinceOrigin(System.nanoTime()));
        }
    }

    private long nextWake() {
        long sweep = sinceOrigin(System.nanoTime()) + SWEEP_NANOS;
        Alarm first = pending.peek();
        return first == null ? sweep : Math.min(dueSinceOrigin(first), sweep);
    }

    /** Takes over what has been set since the last time; whether there was anything. */
    private boolean collect() {
        Alarm alarm = inbox.getAndSet(null);
        boolean any = alarm != null;
        while (alarm != null) {
            Alarm next = alarm.next;
            alarm.next = null;
            if (alarm.isArmed()) {
                pending.add(alarm);
            }
            alarm = next;
        }
        if (pending.size() > purgeAt) {
            pending.removeIf(each -> !each.isArmed());
            purgeAt = Math.max(1024, 2 * pending.size());
        }
        return any;
    }

    /** Only this thread takes alarms out, so the links can be followed while others push. */
    private long earliestInInbox() {
        long earliest = WHEN_WOKEN;
        for (Alarm alarm = inbox.get(); alarm != null; alarm = alarm.next) {
            if (alarm.isArmed()) {
                earliest = Math.min(earliest, dueSinceOrigin(alarm));
            }
        }
        return earliest;
    }

    private void ringDue() {
        long now = sinceOrigin(System.nanoTime());
        for (Alarm first = pending.peek(); first != null; first = pending.peek()) {
            if (first.isArmed() && dueSinceOrigin(first) > now) {
                return;
            }
            pending.remove();
            ring(first);
        }
    }

    /** Nothing may end this thread, for no alarm would ever ring again: not even that there is no thread for what follows. */
    private static void ring(Alarm alarm) {
        try {
            alarm.ringIfArmed();
        } catch (Throwable failure) {
            tell(failure);
        }
    }

    private static void tell(Throwable failure) {
        try {
            LOG.error("What was to happen at a time has failed", failure);
        } catch (Throwable silent) {
            // no memory left to tell it: the alarms of others matter more
        }
    }

    private long dueSinceOrigin(Alarm alarm) {
        return sinceOrigin(alarm.due);
    }

    private long sinceOrigin(long nanoTime) {
        return nanoTime - origin;
    }
}
