package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.parking.LetterParking;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Keeps a consumer running that parks dead letters, until it is stopped. Whatever ends the consumer, a broker that can't be reached
 * or that was started anew, another one is tried later. Thread-safe.
 */
public final class LetterIntake {

    private static final Logger log = LoggerFactory.getLogger(LetterIntake.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Queues that are declared after the start are found after so long. */
    private static final Duration NEW_QUEUES = Duration.ofSeconds(10);

    private static final Duration CONFIRM = Duration.ofSeconds(10);

    private final ConnectionFactory connections;
    private final Supplier<? extends Collection<String>> queues;
    private final ReceivedLetters received;
    private final LetterParking parking;
    private final ParkingQueues aside;
    private final Duration firstWait;
    private final Duration newQueues;
    private final Object lock = new Object();
    private @Nullable ParkingConsumer running;
    private @Nullable Thread thread;

    /**
     * @param connections of the host
     * @param queues the names of the dead letter queues; asked for again and again
     * @param type of the parking queues that have to be declared, {@code quorum} or {@code classic}
     */
    public LetterIntake(
            ConnectionFactory connections,
            Supplier<? extends Collection<String>> queues,
            DeadLetterNames names,
            String type,
            LetterParking parking) {
        this(connections, queues, names, type, parking, Duration.ofSeconds(1), NEW_QUEUES);
    }

    /**
     * @param firstWait after a failure of the store or the broker; twice as long each time, and 30 s at most
     * @param newQueues between two looks for queues that are not there yet
     */
    LetterIntake(
            ConnectionFactory connections,
            Supplier<? extends Collection<String>> queues,
            DeadLetterNames names,
            String type,
            LetterParking parking,
            Duration firstWait,
            Duration newQueues) {
        this.newQueues = newQueues;
        this.connections = connections;
        this.queues = queues;
        this.received = new ReceivedLetters(names, Clock.systemUTC());
        this.parking = parking;
        this.aside = new ParkingQueues(connections, names, type, CONFIRM);
        this.firstWait = firstWait;
    }

    public void start() {
        synchronized (lock) {
            if (thread == null) {
                thread = new Thread(this::run, "resilience-parking");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    /** Waits until the letter in hand is parked, or not for longer than this. */
    public void stop(Duration patience) {
        Thread last;
        synchronized (lock) {
            last = thread;
            thread = null;
            if (running != null) {
                running.stop();
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

    public boolean isRunning() {
        synchronized (lock) {
            return thread != null;
        }
    }

    /** When the first came of the letters that are here and not parked. */
    Optional<Instant> oldest() {
        synchronized (lock) {
            return running == null ? Optional.empty() : running.oldest();
        }
    }

    private void run() {
        try {
            Duration wait = firstWait;
            while (isMine()) {
                wait = consume() ? firstWait : wait.multipliedBy(2);
                rest(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
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

    private void rest(Duration wait) throws InterruptedException {
        synchronized (lock) {
            running = null;
            if (thread == Thread.currentThread()) {
                lock.wait(wait.toMillis());
            }
        }
    }

    /** @return whether the broker was there */
    private boolean consume() {
        try {
            LetterQueues consumed = new LetterQueues(connections, queues, Clock.systemUTC(), newQueues);
            ParkingConsumer next = new ParkingConsumer(consumed, received, parking, aside, firstWait);
            synchronized (lock) {
                running = next;
                if (thread != Thread.currentThread()) {
                    next.stop();
                }
            }
            next.run();
            return true;
        } catch (RuntimeException failure) {
            log.warn(
                    "Dead letters are not parked, and are safe in their queues. It is tried again: {}",
                    failure.toString());
            return false;
        }
    }
}
