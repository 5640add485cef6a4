package io.github.resiliencestarter;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.call.CallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Time that stands still until it is told to go on. Waiting makes it go on by as much, at once. */
public final class ManualClock implements CallClock {

    private record Entry(Alarm alarm, long due) {}

    private final PriorityQueue<Entry> alarms = new PriorityQueue<>(Comparator.comparingLong(Entry::due));
    private final List<Duration> sleeps = new ArrayList<>();
    private Runnable duringSleep = () -> {};
    private long now = 1_000_000_000_000L;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        sleeps.add(Duration.ofNanos(nanos));
        duringSleep.run();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        advance(Duration.ofNanos(nanos));
    }

    @Override
    public synchronized void set(Alarm alarm, long delayNanos) {
        alarms.add(new Entry(alarm, now + delayNanos));
    }

    public void advance(Duration duration) {
        List<Alarm> due = new ArrayList<>();
        synchronized (this) {
            now += duration.toNanos();
            while (!alarms.isEmpty() && alarms.peek().due() <= now) {
                due.add(alarms.poll().alarm());
            }
        }
        due.forEach(Alarm::ringIfArmed);
    }

    /** How long each wait was asked to be. */
    public List<Duration> sleeps() {
        return sleeps;
    }

    public void duringSleep(Runnable action) {
        duringSleep = action;
    }

    /** How many alarms are set and can still ring. */
    public synchronized long armed() {
        return alarms.stream().filter(entry -> entry.alarm().isArmed()).count();
    }
}
