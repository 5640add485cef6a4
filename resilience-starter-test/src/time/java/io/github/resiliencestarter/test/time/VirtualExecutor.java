package io.github.resiliencestarter.test.time;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's scheduler on virtual time. As with the JDK's own, a repeated task that fails is not repeated, what repeats ends with
 * the executor, and what waits runs all the same unless it is told to end now.
 */
final class VirtualExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private final VirtualScheduler scheduler;
    private final Set<VirtualTask<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean shutdown;

    VirtualExecutor(VirtualScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void execute(Runnable command) {
        checkRunning();
        command.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return this.<@Nullable Object>schedule(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        checkRunning();
        return waits(scheduler.once(callable, duration(Math.max(0, delay), unit)));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return repeat(command, initialDelay, period, unit, true);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return repeat(command, initialDelay, delay, unit, false);
    }

    private ScheduledFuture<?> repeat(Runnable task, long initialDelay, long period, TimeUnit unit, boolean fixedRate) {
        checkRunning();
        if (period <= 0) {
            throw new IllegalArgumentException("A task cannot be repeated every " + period + " " + unit);
        }
        Duration first = duration(Math.max(0, initialDelay), unit);
        return waits(scheduler.repeat(task, VirtualScheduler.periodic(first, duration(period, unit), fixedRate)));
    }

    private <T extends VirtualTask<?>> T waits(T task) {
        waiting.removeIf(VirtualTask::isDone);
        waiting.add(task);
        return task;
    }

    private static Duration duration(long amount, TimeUnit unit) {
        return Duration.of(amount, unit.toChronoUnit());
    }

    private void checkRunning() {
        if (shutdown) {
            throw new RejectedExecutionException("This executor was shut down");
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
        waiting.stream().filter(RepeatingTask.class::isInstance).forEach(task -> task.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> ended =
                List.copyOf(waiting.stream().filter(task -> !task.isDone()).toList());
        waiting.forEach(task -> task.cancel(true));
        return ended;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && waiting.stream().allMatch(VirtualTask::isDone);
    }

    /** Does not wait: what could end it meanwhile is done by whoever lets time go on. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
