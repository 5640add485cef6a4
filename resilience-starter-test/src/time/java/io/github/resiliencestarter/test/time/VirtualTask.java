package io.github.resiliencestarter.test.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task that runs when its time has come, on the thread that lets time go on. */
abstract class VirtualTask<V extends @Nullable Object> extends FutureTask<V>
        implements ScheduledFuture<V>, Appointment {

    final VirtualTime time;
    final Agenda agenda;
    Instant due;

    VirtualTask(Callable<V> task, VirtualTime time, Agenda agenda, Instant due) {
        super(task);
        this.time = time;
        this.agenda = agenda;
        this.due = due;
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
