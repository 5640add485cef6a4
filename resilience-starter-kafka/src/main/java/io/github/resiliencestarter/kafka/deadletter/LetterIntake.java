package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.parking.LetterParking;
import io.github.resiliencestarter.messaging.parking.NamePattern;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a consumer running that parks dead letters, until it is stopped. Whatever ends the consumer, a broker that can't be reached
 * or a right that it does not have, a new one is tried later. Thread-safe.
 */
public final class LetterIntake {

    private static final Logger log = LoggerFactory.getLogger(LetterIntake.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Topics that are created after the start are found after so long. */
    private static final Duration NEW_TOPICS = Duration.ofSeconds(10);

    private final Map<String, Object> settings;
    private final String topics;
    private final ReceivedLetters received;
    private final LetterParking parking;
    private final Object lock = new Object();
    private @Nullable ParkingConsumer running;
    private @Nullable Thread thread;

    /**
     * @param host the configuration of a consumer of the host: how to connect
     * @param topics {@code resilience.kafka.parking.topics}
     * @param group {@code resilience.kafka.parking.group}
     */
    public LetterIntake(
            Map<String, ?> host, String topics, String group, DeadLetterNames names, LetterParking parking) {
        this.settings = settings(host, group);
        this.topics = topics;
        this.received = new ReceivedLetters(names);
        this.parking = parking;
    }

    static Map<String, Object> settings(Map<String, ?> host, String group) {
        Map<String, Object> settings = ClientSettings.consumer(host, "parking");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Others may send their dead letters in transactions; what they take back is no dead letter.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.merge(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) NEW_TOPICS.toMillis(), ClientSettings::smaller);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        return settings;
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

    private void run() {
        try {
            while (isMine()) {
                consume();
                rest();
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

    private void rest() throws InterruptedException {
        synchronized (lock) {
            running = null;
            if (thread == Thread.currentThread()) {
                lock.wait(LONGEST_WAIT.toMillis());
            }
        }
    }

    private void consume() {
        try {
            ParkingConsumer next = new ParkingConsumer(
                    new KafkaConsumer<>(settings),
                    NamePattern.of(topics),
                    received,
                    parking,
                    new HeldPartitions(FIRST_WAIT, LONGEST_WAIT, System::nanoTime));
            synchronized (lock) {
                running = next;
                if (thread != Thread.currentThread()) {
                    next.stop();
                }
            }
            next.run();
        } catch (RuntimeException failure) {
            log.error(
                    "Letters of {} are not parked, and are safe in their topics. It is tried again in {} s",
                    topics,
                    LONGEST_WAIT.toSeconds(),
                    failure);
        }
    }
}
