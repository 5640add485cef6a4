package io.github.resiliencestarter.test.time;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.call.CallClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.scheduling.TaskScheduler;

/**
 * Time that stands still until a test lets it go on. As the application's {@link CallClock} it drives back-off, timeouts,
 * deadlines and the wait of open circuit breakers; its {@link #clock()}, {@link #taskScheduler()} and
 * {@link #scheduledExecutor()} drive what else the application does by the clock, cron included. Thread-safe.
 *
 * <p>A thread that waits for it does not wait: it moves time itself, past everything that falls due until then, so that a test
 * with a single thread comes to its end. {@link #letSleepersWait()} makes waiting threads wait for {@link #advance}.
 *
 * <p>resilience4j's rate limiter and a bulkhead's {@code max-wait-duration} read the machine's clock and are not moved.
 */
public final class VirtualTime implements CallClock {

    /** Where time starts unless it is told otherwise: midnight in UTC, on a Thursday. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Instant start;
    private final Agenda agenda = new Agenda();
    private final Sleepers sleepers = new Sleepers(agenda);
    private final List<Duration> sleeps = Collections.synchronizedList(new ArrayList<>());
    private final Clock clock = new VirtualClock(this, ZoneOffset.UTC);
    private final VirtualScheduler scheduler = new VirtualScheduler(this, agenda);
    private final ScheduledExecutorService executor = new VirtualExecutor(scheduler);
    private volatile Runnable duringSleep = () -> {};
    private volatile boolean sleepersWait;

    /** Starts at {@link #START}. */
    public VirtualTime() {
        this(START);
    }

    /** Starts at this moment. */
    public VirtualTime(Instant start) {
        this.start = start;
    }

    public Instant now() {
        return start.plusNanos(agenda.now());
    }

    /**
     * Lets time go on. Whatever falls due until then runs on this thread, in the order of its time and each at its own time,
     * what comes up on the way included; with {@link Duration#ZERO}, what is due now.
     *
     * @throws IllegalArgumentException if the duration is negative: time does not go back
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time does not go back, so it cannot advance by " + duration);
        }
        long until = agenda.in(duration.toNanos());
        for (Appointment due = agenda.next(until); due != null; due = agenda.next(until)) {
            due.keep();
        }
    }

    /** {@link #advance Advances} to a moment, such as the next run of a cron expression. */
    public void advanceTo(Instant moment) {
        advance(Duration.between(now(), moment));
    }

    /** The same time as dates, in UTC. */
    @Override
    public Clock clock() {
        return clock;
    }

    /** Schedules on this time, triggers and cron included. Tasks run on the thread that lets time go on. */
    public TaskScheduler taskScheduler() {
        return scheduler;
    }

    /**
     * Schedules on this time. What is to run without a delay, by {@code execute} or {@code submit}, runs at once on the calling
     * thread; everything else on the thread that lets time go on.
     */
    public ScheduledExecutorService scheduledExecutor() {
        return executor;
    }

    @Override
    public long nanoTime() {
        return agenda.now();
    }

    @Override
    public void set(Alarm alarm, long delayNanos) {
        agenda.add(new AlarmAppointment(alarm), delayNanos);
    }

    /** Waits on this time; an interrupt ends the wait at the time at which it came. */
    @Override
    public void sleep(long nanos) throws InterruptedException {
        if (nanos <= 0) {
            return;
        }
        sleeps.add(Duration.ofNanos(nanos));
        duringSleep.run();
        if (sleepersWait) {
            sleepers.sleep(nanos);
        } else {
            sleepThrough(agenda.in(nanos));
        }
    }

    private void sleepThrough(long until) throws InterruptedException {
        Appointment due;
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            due = agenda.next(until);
            if (due != null) {
                due.keep();
            }
        } while (due != null);
    }

    /** From now on a waiting thread waits until another one has let time go on far enough. */
    public void letSleepersWait() {
        sleepersWait = true;
    }

    /**
     * Waits until so many threads are waiting on this time, after {@link #letSleepersWait()}.
     *
     * @throws IllegalStateException if they are not within 10 real seconds
     */
    public void awaitSleepers(int threads) throws InterruptedException {
        sleepers.await(threads);
    }

    /** How long each wait was asked to be, in the order in which they began. */
    public List<Duration> sleeps() {
        synchronized (sleeps) {
            return List.copyOf(sleeps);
        }
    }

    /** What to do at the beginning of each wait, on the waiting thread. */
    public void duringSleep(Runnable action) {
        duringSleep = action;
    }

    /** How many alarms, tasks and waiting threads are still to come. */
    public long pending() {
        return agenda.standing();
    }

    /** Remembers this moment, and what is scheduled at it, for {@link #restore()}. Without it, that is the start. */
    public void mark() {
        agenda.mark();
    }

    /**
     * Goes back to the mark: what was scheduled since is forgotten, what repeats begins again, a wait of a single thread
     * moves time again, and {@link #sleeps()} is empty. For the time between two tests; nothing else makes time go back.
     */
    public void restore() {
        sleepersWait = false;
        duringSleep = () -> {};
        sleepers.wake();
        agenda.restore();
        sleeps.clear();
    }
}
