package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.call.DaemonThreads;
import io.github.resiliencestarter.messaging.ReplayJob;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private boolean woken;
    private volatile boolean running;
    private @Nullable Thread thread;

    public ReplayRunner(ReplayParts parts, ReplaySchedules schedules) {
        this.parts = parts;
        this.schedules = schedules;
    }

    @Override
    public synchronized void start() {
        if (!running && parts.properties().enabled()) {
            running = true;
            thread = DaemonThreads.start("resilience-replay", this::work);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        wake();
        Thread stopping = thread;
        thread = null;
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
        return running;
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
        while (running) {
            try {
                schedules.startDue();
                if (!runNext(() -> !running)) {
                    idle();
                }
            } catch (InterruptedException interrupted) {
                running = false;
            } catch (VirtualMachineError fatal) {
                throw fatal;
            } catch (Throwable failure) {
                LOG.warn("A replay cannot go on here; it is tried again, here or by another instance", failure);
                idle();
            }
        }
    }

    /** Claims and runs one replay; false if there is none to run. */
    boolean runNext(BooleanSupplier stopping) throws InterruptedException {
        Optional<ReplayJob> claimed =
                parts.replays().claim(parts.owner(), parts.properties().lease());
        if (claimed.isEmpty()) {
            return false;
        }
        new ReplayRun(parts, claimed.get(), stopping, schedules::startDue).run();
        return true;
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
                if (!woken) {
                    monitor.wait(Math.max(1, poll.toMillis()));
                }
                woken = false;
            }
        } catch (InterruptedException interrupted) {
            running = false;
        } finally {
            alarm.cancel();
        }
    }
}
