package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.call.outcome.Causes;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DelayingTransport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters and replays by a producer of our own: acknowledged by all replicas, idempotent, without transactions, and bytes
 * only. Does not connect before it is used. Thread-safe.
 */
public final class KafkaDeadLetterTransport implements DelayingTransport, AutoCloseable {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Map<String, ?> host;
    private final DeadLetterNames names;
    private final Duration sendTimeout;
    private volatile BiConsumer<String, String> missing = (topic, source) -> {};
    private @Nullable Connection connection;
    private boolean closed;

    /**
     * @param host the configuration of a producer, or of a consumer, of the host: how to connect
     * @param sendTimeout how long the broker may take to confirm a message, its retries included; at least 100 ms
     */
    public KafkaDeadLetterTransport(Map<String, ?> host, DeadLetterNames names, Duration sendTimeout) {
        if (sendTimeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "resilience.kafka.consumer.dead-letter.send-timeout: %s is too short for any broker. Give it at least %s"
                            .formatted(sendTimeout, SHORTEST));
        }
        this.host = host;
        this.names = names;
        this.sendTimeout = sendTimeout;
    }

    @Override
    public boolean serves(Source source) {
        return source instanceof Source.Topic;
    }

    @Override
    public CompletionStage<Void> deadLetter(DeadLetter letter) {
        return whereTopic(letter, source -> {
            String topic = names.of(source);
            return watched(
                    connection().sender().send(topic, OutgoingLetter.dead(letter, topic)), topic, source.topic());
        });
    }

    @Override
    public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
        return whereTopic(
                letter,
                source -> connection()
                        .sender()
                        .send(
                                source.topic(),
                                LetterSender.Form.of(partitions -> LetterRecords.replay(letter, replay, partitions))));
    }

    private interface Sending {
        CompletionStage<Void> to(Source.Topic source);
    }

    /** Whatever is wrong comes as a failed stage, so that callers have one way to look at it. */
    private static CompletionStage<Void> whereTopic(DeadLetter letter, Sending sending) {
        try {
            return letter.source() instanceof Source.Topic topic
                    ? sending.to(topic)
                    : CompletableFuture.failedFuture(
                            new IllegalArgumentException("Not a record of a topic: " + letter.source()));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public CompletionStage<Void> delay(DeadLetter letter, Delay delay, String topic) {
        return whereTopic(
                letter, source -> connection().sender().send(topic, OutgoingLetter.delayed(letter, delay, topic)));
    }

    /** For whoever sends by a producer of its own. */
    OutgoingLetter outgoing(DeadLetter letter) {
        return OutgoingLetter.dead(letter, names.of((Source.Topic) letter.source()));
    }

    CompletableFuture<Integer> partitions(OutgoingLetter letter) {
        CompletableFuture<Integer> partitions = connection().partitions().of(letter.topic());
        if (letter.delay() == null) {
            watched(partitions, letter.topic(), letter.letter().source().name());
        }
        return partitions;
    }

    /** Is told the name of a dead letter topic that a letter has not found, and that of its source, which may be younger than the start. */
    public void onMissing(BiConsumer<String, String> told) {
        missing = told;
    }

    private <T> CompletionStage<T> watched(CompletionStage<T> sent, String topic, String source) {
        return sent.whenComplete((any, failure) -> {
            if (failure != null && Causes.of(failure).anyMatch(UnknownTopicOrPartitionException.class::isInstance)) {
                missing.accept(topic, source);
            }
        });
    }

    /** Connects, and looks up a dead letter topic before the first letter is in a hurry. Does not wait for the broker. */
    public void warmUp(String deadLetterTopic) {
        connection().partitions().of(deadLetterTopic);
    }

    private synchronized Connection connection() {
        if (closed) {
            throw new IllegalStateException("The application is being stopped");
        }
        if (connection == null) {
            connection = connect();
        }
        return connection;
    }

    private Connection connect() {
        Admin admin = Admin.create(ClientSettings.admin(host, sendTimeout));
        try {
            TopicPartitions partitions = new TopicPartitions(admin);
            Supplier<Producer<byte[], byte[]>> producers =
                    () -> new KafkaProducer<>(ClientSettings.producer(host, sendTimeout));
            return new Connection(admin, partitions, new LetterSender(producers, partitions, sendTimeout));
        } catch (RuntimeException refused) {
            admin.close(Duration.ZERO);
            throw refused;
        }
    }

    private record Connection(Admin admin, TopicPartitions partitions, LetterSender sender) {}

    /** Waits for what is on its way, for as long as {@code sendTimeout}. */
    @Override
    public void close() {
        Connection last;
        synchronized (this) {
            closed = true;
            last = connection;
            connection = null;
        }
        if (last != null) {
            last.sender().close();
            last.admin().close(sendTimeout);
        }
    }
}
