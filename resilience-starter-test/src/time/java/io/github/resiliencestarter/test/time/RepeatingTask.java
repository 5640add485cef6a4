package io.github.resiliencestarter.test.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.support.SimpleTriggerContext;

/** A task that runs whenever its trigger says so, until it is cancelled, it fails, or the trigger has no more to say. */
final class RepeatingTask extends VirtualTask<@Nullable Void> {

    private final Trigger trigger;
    private SimpleTriggerContext history;

    RepeatingTask(Runnable task, Trigger trigger, VirtualTime time, Agenda agenda) {
        super(Executors.callable(task, null), time, agenda, time.now());
        this.trigger = trigger;
        this.history = new SimpleTriggerContext(time.clock());
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
}
