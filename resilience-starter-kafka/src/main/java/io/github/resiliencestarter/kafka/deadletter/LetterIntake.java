package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.parking.LetterParking;
import io.github.resiliencestarter.messaging.parking.NamePattern;
import io.github.resiliencestarter.messaging.parking.ParkingLoop;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Parks what comes into the dead letter topics, as a group of its own. Thread-safe. */
public final class LetterIntake extends ParkingLoop<ParkingConsumer> {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Topics that are created after the start are found after so long. */
    private static final Duration NEW_TOPICS = Duration.ofSeconds(10);

    private final Map<String, Object> settings;
    private final String topics;
    private final ReceivedLetters received;
    private final LetterParking parking;

    /**
     * @param host the configuration of a consumer of the host: how to connect
     * @param topics {@code resilience.kafka.parking.topics}
     * @param group {@code resilience.kafka.parking.group}
     */
    public LetterIntake(
            Map<String, ?> host, String topics, String group, DeadLetterNames names, LetterParking parking) {
        super(FIRST_WAIT, LONGEST_WAIT);
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

    @Override
    protected ParkingConsumer consumer() {
        return new ParkingConsumer(
                new KafkaConsumer<>(settings),
                NamePattern.of(topics),
                received,
                parking,
                new HeldPartitions(FIRST_WAIT, LONGEST_WAIT, System::nanoTime));
    }
}
