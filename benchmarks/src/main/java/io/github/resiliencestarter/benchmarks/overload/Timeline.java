package io.github.resiliencestarter.benchmarks.overload;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.call.CallClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/** Virtual time: it is always that of the event that happens now. Events of one moment happen in the order in which they were planned. */
final class Timeline extends Clock implements CallClock {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long planned;

    /** Nanoseconds since the start. */
    long now() {
        return now;
    }

    void after(Duration delay, Runnable event) {
        at(now + delay.toNanos(), event);
    }

    void at(long nanos, Runnable event) {
        events.add(new Event(nanos, planned++, event));
    }

    /** Lets everything happen that was planned, or is planned meanwhile, before this moment. */
    void run(Duration end) {
        while (!events.isEmpty() && events.peek().nanos < end.toNanos()) {
            Event event = events.remove();
            now = event.nanos;
            event.what.run();
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void sleep(long nanos) {
        throw new UnsupportedOperationException("Nobody waits here: plan an event");
    }

    @Override
    public void set(Alarm alarm, long delayNanos) {
        throw new UnsupportedOperationException("Nobody sets alarms here: plan an event");
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Virtual time is UTC");
    }

    private record Event(long nanos, long order, Runnable what) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(order, other.order);
        }
    }
}
