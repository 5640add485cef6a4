package io.github.resiliencestarter.test.time;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What time it is, in nanoseconds since the start, and what is to be done when: the earliest first, and of the same time what
 * was asked for first. Thread-safe.
 */
final class Agenda {

    private record Entry(long due, long number, Appointment appointment) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now;
    private long numbers;
    private long nowAtMark;
    private long numbersAtMark;
    private List<RepeatingTask> repeatingAtMark = List.of();

    synchronized long now() {
        return now;
    }

    /** The time so many nanoseconds from now; now where that is negative, and the end of time where it is beyond. */
    synchronized long in(long nanos) {
        long then = now + Math.max(0, nanos);
        return then < 0 ? Long.MAX_VALUE : then;
    }

    synchronized void add(Appointment appointment, long nanosFromNow) {
        entries.add(new Entry(in(nanosFromNow), numbers++, appointment));
    }

    synchronized void remove(Appointment appointment) {
        entries.removeIf(entry -> entry.appointment == appointment);
    }

    /** Takes out what falls due first, and moves time there; null, and time at the given moment, where nothing does. */
    synchronized @Nullable Appointment next(long until) {
        Entry first = entries.peek();
        if (first == null || first.due > until) {
            now = Math.max(now, until);
            return null;
        }
        entries.remove();
        now = Math.max(now, first.due);
        return first.appointment;
    }

    synchronized long standing() {
        return entries.stream().filter(entry -> entry.appointment.stands()).count();
    }

    /** Remembers this moment as the one that {@link #restore()} goes back to. */
    synchronized void mark() {
        nowAtMark = now;
        numbersAtMark = numbers;
        repeatingAtMark = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.appointment instanceof RepeatingTask repeating) {
                repeatingAtMark.add(repeating);
            }
        }
    }

    /** Goes back: what was added since is forgotten, and what repeats begins again. */
    void restore() {
        List<RepeatingTask> again;
        synchronized (this) {
            now = nowAtMark;
            entries.removeIf(entry -> entry.number >= numbersAtMark || entry.appointment instanceof RepeatingTask);
            again = List.copyOf(repeatingAtMark);
        }
        again.forEach(RepeatingTask::begin);
    }
}
