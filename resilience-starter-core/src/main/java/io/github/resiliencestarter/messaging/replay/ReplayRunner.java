package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.call.DaemonThreads;
import io.github.resiliencestarter.messaging.ReplayJob;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs replays, one at a time, on a thread of its own: those that are started here at once, those of other instances that have
 * crashed after a while. Starts after the listeners and stops before them: what is in flight is finished, and another instance
 * goes on. Thread-safe.
 */
public final class ReplayRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRunner.class);
    private static final long LONGEST_STOP_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final ReplayParts parts;
    private final ReplaySchedules schedules;
    private final Object monitor = new Object();
    private final ThreadFactory threads = DaemonThreads.named("resilience-replay");
    /** The thread that replays. One that was stopped while it hung finds another one here, or none, and ends. */
    private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();

    private boolean woken;

    public ReplayRunner(ReplayParts parts, ReplaySchedules schedules) {
        this.parts = parts;
        this.schedules = schedules;
    }

    @Override
    public synchronized void start() {
        if (!isRunning() && parts.properties().enabled()) {
            Thread starting = threads.newThread(this::work);
            worker.set(starting);
            starting.start();
        }
    }

    @Override
    public synchronized void stop() {
        Thread stopping = worker.getAndSet(null);
        wake();
        if (stopping != null) {
            try {
                stopping.join(LONGEST_STOP_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return worker.get() != null;
    }

    /** After the containers of listeners, which start at 100 less than the latest, and before them when stopping. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 50;
    }

    /** Somebody has started a replay. */
    public void wake() {
        synchronized (monitor) {
            woken = true;
            monitor.notifyAll();
        }
    }

    private void work() {
        while (!isReplaced()) {
            try {
                schedules.startDue();
                if (!isReplaced() && !runNext(this::isReplaced)) {
                    idle();
                }
            } catch (InterruptedException interrupted) {
                end();
            } catch (VirtualMachineError fatal) {
                end();
                LOG.error(
                        "This instance runs no replays any more, for the JVM is in trouble: start it again."
                                + " Other instances go on with them",
                        fatal);
            } catch (Throwable failure) {
                LOG.warn("A replay cannot go on here; it is tried again, here or by another instance", failure);
                idle();
            }
        }
    }

    /** Whether this thread was stopped, and perhaps another one was started. */
    private boolean isReplaced() {
        return worker.get() != Thread.currentThread();
    }

    private void end() {
        worker.compareAndSet(Thread.currentThread(), null);
    }

    /** Claims and runs one replay; false if there is none to run. */
    boolean runNext(BooleanSupplier stopping) throws InterruptedException {
        Optional<ReplayJob> claimed =
                parts.replays().claim(parts.owner(), parts.properties().lease());
        if (claimed.isEmpty()) {
            return false;
        }
        new ReplayRun(parts, claimed.get(), stopping, () -> startDueUnless(stopping)).run();
        return true;
    }

    private void startDueUnless(BooleanSupplier stopping) {
        if (!stopping.getAsBoolean()) {
            schedules.startDue();
        }
    }

    /** Until somebody wakes it, or it is time to look: by the clock of the application, and by that of the machine. */
    private void idle() {
        Duration poll = parts.properties().pollInterval();
        Duration untilNext = schedules.untilNext();
        Alarm alarm = new Alarm() {
            @Override
            protected void ring() {
                wake();
            }
        };
        parts.clock().set(alarm, Math.min(poll.toNanos(), untilNext.toNanos()));
        try {
            synchronized (monitor) {
                if (!woken && !isReplaced()) {
                    monitor.wait(Math.max(1, poll.toMillis()));
                }
                woken = false;
            }
        } catch (InterruptedException interrupted) {
            end();
        } finally {
            alarm.cancel();
        }
    }
}
