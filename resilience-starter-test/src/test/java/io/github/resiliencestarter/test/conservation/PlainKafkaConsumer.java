package io.github.resiliencestarter.test.conservation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A consumer as it should be: what it commits has been processed. Only {@link #start} and {@link #crash} are called from outside. */
final class PlainKafkaConsumer {

    private final Map<String, Object> settings;
    private final String topic;
    private final Consumer<ConsumerRecord<byte[], byte[]>> business;
    private @Nullable Thread thread;
    private volatile boolean crashed;

    PlainKafkaConsumer(
            String bootstrapServers, String topic, String group, Consumer<ConsumerRecord<byte[], byte[]>> business) {
        this.settings = settings(bootstrapServers, group);
        this.topic = topic;
        this.business = business;
    }

    static Map<String, Object> settings(String bootstrapServers, String group) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "session.timeout.ms",
                6_000,
                "request.timeout.ms",
                5_000,
                // batches, so that a crash comes in the midst of one
                "fetch.min.bytes",
                50_000,
                "fetch.max.wait.ms",
                100);
    }

    void start() {
        crashed = false;
        thread = new Thread(this::consume, "plain-consumer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends in the midst of a batch: what has been processed and not committed will come again. */
    void crash() {
        crashed = true;
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void consume() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (!crashed) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
                    business.accept(message);
                    if (crashed) {
                        return;
                    }
                }
                commit(consumer);
            }
        }
    }

    /** If it cannot be committed now, the next commit does, or another consumer gets the records again. */
    private static void commit(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            consumer.commitSync(Duration.ofSeconds(2));
        } catch (KafkaException e) {
            // nothing is lost
        }
    }
}
