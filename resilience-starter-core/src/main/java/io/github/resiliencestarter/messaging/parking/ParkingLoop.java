package io.github.resiliencestarter.messaging.parking;

import io.github.resiliencestarter.call.DaemonThreads;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps a consumer running that parks dead letters, while the application runs. Whatever ends the consumer, a broker that can't be
 * reached or a right that it does not have, another one is tried later, for as long as it takes. Thread-safe.
 */
public abstract class ParkingLoop<C extends LetterConsumer> implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ParkingLoop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration firstWait;
    private final Duration longestWait;
    private final Object lock = new Object();
    private @Nullable C running;
    private @Nullable Thread thread;

    /** @param firstWait before another consumer is tried, 1 ms at least; twice as long after each failure, up to {@code longestWait} */
    protected ParkingLoop(Duration firstWait, Duration longestWait) {
        this.firstWait = firstWait;
        this.longestWait = longestWait;
    }

    /** A new consumer. Throws if the broker can't be reached. */
    protected abstract C consumer();

    /** The consumer of the moment; none while there is no broker. */
    protected final Optional<C> running() {
        synchronized (lock) {
            return Optional.ofNullable(running);
        }
    }

    @Override
    public final void start() {
        synchronized (lock) {
            if (thread == null) {
                thread = DaemonThreads.start("resilience-parking", this::run);
            }
        }
    }

    @Override
    public final void stop() {
        stop(PATIENCE);
    }

    /** Waits until the letter in hand is parked, or not for longer than this. */
    public final void stop(Duration patience) {
        Thread last;
        synchronized (lock) {
            last = thread;
            thread = null;
            if (running != null) {
                running.stop();
                running = null;
            }
            lock.notifyAll();
        }
        if (last != null) {
            try {
                last.join(patience.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public final boolean isRunning() {
        synchronized (lock) {
            return thread != null;
        }
    }

    private void run() {
        try {
            Duration next = firstWait;
            while (isMine()) {
                Duration wait = consume(next) ? firstWait : next;
                rest(wait);
                Duration longer = wait.multipliedBy(2);
                next = longer.compareTo(longestWait) > 0 ? longestWait : longer;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isMine() {
        synchronized (lock) {
            return thread == Thread.currentThread();
        }
    }

    /** @return whether the broker was there */
    private boolean consume(Duration wait) {
        try {
            C next = consumer();
            synchronized (lock) {
                if (isMine()) {
                    running = next;
                } else {
                    next.stop();
                }
            }
            next.run();
            return true;
        } catch (RuntimeException failure) {
            log.warn(
                    "Dead letters are not parked, and are safe where they are. It is tried again in {}", wait, failure);
            return false;
        }
    }

    private void rest(Duration wait) throws InterruptedException {
        synchronized (lock) {
            if (isMine()) {
                running = null;
                lock.wait(wait.toMillis());
            }
        }
    }
}
