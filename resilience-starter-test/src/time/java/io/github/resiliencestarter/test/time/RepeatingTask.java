package io.github.resiliencestarter.test.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.support.SimpleTriggerContext;

/** A task that runs whenever its trigger says so, until it is cancelled, it fails, or the trigger has no more to say. */
final class RepeatingTask extends FutureTask<@Nullable Void> implements ScheduledFuture<@Nullable Void>, Appointment {

    private final Trigger trigger;
    private final VirtualTime time;
    private final Agenda agenda;
    private SimpleTriggerContext history;
    private Instant due;

    RepeatingTask(Runnable task, Trigger trigger, VirtualTime time, Agenda agenda) {
        super(task, null);
        this.trigger = trigger;
        this.time = time;
        this.agenda = agenda;
        this.history = new SimpleTriggerContext(time.clock());
        this.due = time.now();
    }

    /** Asks the trigger as if the task had never run. */
    synchronized void begin() {
        history = new SimpleTriggerContext(time.clock());
        arrangeNext();
    }

    private void arrangeNext() {
        Instant next = isDone() ? null : trigger.nextExecution(history);
        if (next == null) {
            cancel(false);
            return;
        }
        due = next;
        agenda.add(this, Duration.between(time.now(), next).toNanos());
    }

    @Override
    public synchronized void keep() {
        Instant startedAt = time.now();
        if (runAndReset()) {
            history.update(due, startedAt, time.now());
            arrangeNext();
        }
    }

    @Override
    protected void done() {
        agenda.remove(this);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(Duration.between(time.now(), due));
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
