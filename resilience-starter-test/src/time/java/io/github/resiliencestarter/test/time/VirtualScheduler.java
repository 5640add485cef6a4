package io.github.resiliencestarter.test.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.support.PeriodicTrigger;
import org.springframework.scheduling.support.TaskUtils;

/** Spring's scheduler on virtual time. As with Spring's own, a repeated task that fails is logged and repeated. */
final class VirtualScheduler implements TaskScheduler {

    private final VirtualTime time;
    private final Agenda agenda;

    VirtualScheduler(VirtualTime time, Agenda agenda) {
        this.time = time;
        this.agenda = agenda;
    }

    @Override
    public Clock getClock() {
        return time.clock();
    }

    @Override
    public @Nullable ScheduledFuture<?> schedule(Runnable task, Trigger trigger) {
        return repeat(withErrorsLogged(task), trigger);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
        return once(
                () -> {
                    TaskUtils.decorateTaskWithErrorHandler(task, null, false).run();
                    return null;
                },
                Duration.between(time.now(), startTime));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Instant startTime, Duration period) {
        return repeat(withErrorsLogged(task), periodic(Duration.between(time.now(), startTime), period, true));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Duration period) {
        return repeat(withErrorsLogged(task), periodic(Duration.ZERO, period, true));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Instant startTime, Duration delay) {
        return repeat(withErrorsLogged(task), periodic(Duration.between(time.now(), startTime), delay, false));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration delay) {
        return repeat(withErrorsLogged(task), periodic(Duration.ZERO, delay, false));
    }

    private static Runnable withErrorsLogged(Runnable task) {
        return TaskUtils.decorateTaskWithErrorHandler(task, null, true);
    }

    static Trigger periodic(Duration initialDelay, Duration period, boolean fixedRate) {
        PeriodicTrigger trigger = new PeriodicTrigger(period);
        trigger.setInitialDelay(initialDelay);
        trigger.setFixedRate(fixedRate);
        return trigger;
    }

    <V extends @Nullable Object> OneTimeTask<V> once(Callable<V> task, Duration delay) {
        OneTimeTask<V> once = new OneTimeTask<>(task, time, agenda, time.now().plus(delay));
        agenda.add(once, delay.toNanos());
        return once;
    }

    RepeatingTask repeat(Runnable task, Trigger trigger) {
        RepeatingTask repeating = new RepeatingTask(task, trigger, time, agenda);
        repeating.begin();
        return repeating;
    }
}
