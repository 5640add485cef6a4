package io.github.resiliencestarter.test.conservation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Numbered records in a topic of Kafka, sent by an idempotent producer with {@code acks=all}, one request at a time. A record has
 * its number as text in its key and value, and in the header {@value #NUMBER}, which dead letters keep.
 *
 * <p>Whoever consumes the topic calls {@code transport.processed().add(KafkaTransport.number(record))} when a record is processed.
 * Still in the broker is what comes after the offsets that the group has committed.
 */
public final class KafkaTransport implements Transport, AutoCloseable {

    /** The header with the number as text. */
    public static final String NUMBER = "conservation-number";

    private final String bootstrapServers;
    private final String topic;
    private final String group;
    private final Producer<byte[], byte[]> producer;
    private final Numbers processed = new Numbers();
    private Supplier<Numbers> parked = Numbers::new;
    private @Nullable TopicReader deadLetters;

    public KafkaTransport(String bootstrapServers, String topic, String group) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.group = group;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        // of two batches on their way to a new topic Kafka may refuse the first and take the second;
                        // then it refuses the first for ever, as out of order
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        // a network that swallows is noticed by timeouts alone: before the patience of a test ends
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                        2_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Where the consumers' dead letters go. It is only read. */
    public KafkaTransport deadLetters(String topic) {
        deadLetters = new TopicReader(bootstrapServers, topic);
        return this;
    }

    /** Tells which numbers wait for a person, in a table for example. */
    public KafkaTransport parked(Supplier<Numbers> parked) {
        this.parked = parked;
        return this;
    }

    /** The number of a record that has come from here, be it directly or by a dead-letter topic. */
    public static long number(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(NUMBER);
        if (header == null) {
            throw new IllegalArgumentException("The record at " + record.topic() + "-" + record.partition() + "@"
                    + record.offset() + " has no header " + NUMBER + ": send it through a KafkaTransport, and copy"
                    + " the headers when it is sent on");
        }
        return Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<?> send(long number) {
        byte[] text = Long.toString(number).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, text, text);
        message.headers().add(NUMBER, text);
        CompletableFuture<Void> confirmation = new CompletableFuture<>();
        producer.send(message, (metadata, failure) -> {
            if (failure == null) {
                confirmation.complete(null);
            } else {
                confirmation.completeExceptionally(failure);
            }
        });
        return confirmation;
    }

    @Override
    public Numbers processed() {
        return processed;
    }

    @Override
    public Numbers deadLettered() {
        return deadLetters == null ? new Numbers() : deadLetters.readToEnd();
    }

    @Override
    public Numbers parked() {
        return parked.get();
    }

    @Override
    public Numbers remaining() {
        try (TopicReader reader = new TopicReader(bootstrapServers, topic)) {
            reader.startAfterCommitsOf(group);
            return reader.readToEnd();
        }
    }

    /** Closes the producer; what it has not sent yet fails. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
        if (deadLetters != null) {
            deadLetters.close();
        }
    }
}
