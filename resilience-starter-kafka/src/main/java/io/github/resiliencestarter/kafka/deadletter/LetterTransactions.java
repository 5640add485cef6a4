package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.call.DaemonThreads;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends letters and commits their records' offsets, both or neither, in transactions of our own: the listener's has been rolled
 * back, with everything that it wrote, and its producer takes the host's objects where a letter has bytes. Waits until it is done.
 * Thread-safe; each thread that is in here has a producer of its own.
 */
public final class LetterTransactions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LetterTransactions.class);

    private final KafkaDeadLetterTransport transport;
    private final Map<String, Object> settings;
    private final String idPrefix;
    private final Duration timeout;
    /** The producers that nobody uses; null where there is a number, and no producer of it. */
    private final List<Slot> idle = new ArrayList<>();

    private int slots;
    private boolean closed;

    private record Slot(int number, @Nullable Producer<byte[], byte[]> producer) {}

    /**
     * @param host the configuration of the host's transactional producers
     * @param idPrefix the prefix of their transactional ids, which is no other instance's
     * @param sendTimeout how long the broker may take to confirm a letter
     */
    public LetterTransactions(
            KafkaDeadLetterTransport transport, Map<String, ?> host, String idPrefix, Duration sendTimeout) {
        this.transport = transport;
        this.settings = ClientSettings.producer(host, sendTimeout);
        this.idPrefix = idPrefix + "resilience-";
        this.timeout = sendTimeout;
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                sendTimeout.multipliedBy(2).toMillis());
    }

    /**
     * Ends what a predecessor that crashed has left open, without waiting for it: until then nobody can tell how far its partition
     * is committed, so its successor would not consume it before the transaction times out.
     */
    public void prepare() {
        DaemonThreads.start("resilience-transactions", this::endPredecessors);
    }

    private void endPredecessors() {
        try {
            release(withProducer(acquire()));
        } catch (RuntimeException later) {
            log.debug("No transaction could be started ahead of time; it is tried with the first letter", later);
        }
    }

    /** The letter to its dead letter topic, and the offsets. */
    public void deadLetter(
            DeadLetter letter, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        send(transport.outgoing(letter), offsets, group);
    }

    /** The letter to a retry topic, and the offsets. */
    public void delay(
            DeadLetter letter,
            Delay delay,
            String topic,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        send(OutgoingLetter.delayed(letter, delay, topic), offsets, group);
    }

    /** Only the offsets: the letter is in safety elsewhere. */
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        inTransaction(producer -> CompletableFuture.completedFuture(null), offsets, group);
    }

    private void send(
            OutgoingLetter letter, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        int partitions = join(transport.partitions(letter));
        for (OutgoingLetter form = letter; ; ) {
            var record = form.record(partitions);
            try {
                inTransaction(producer -> producer.send(record), offsets, group);
                return;
            } catch (RecordTooLargeException tooLarge) {
                form = form.smaller();
                if (form == null) {
                    throw tooLarge;
                }
            }
        }
    }

    private interface Sending {
        Future<@Nullable RecordMetadata> by(Producer<byte[], byte[]> producer);
    }

    private void inTransaction(
            Sending sending, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        Slot slot = withProducer(acquire());
        Producer<byte[], byte[]> producer = Objects.requireNonNull(slot.producer());
        boolean usable = false;
        try {
            producer.beginTransaction();
            try {
                Future<?> sent = sending.by(producer);
                producer.sendOffsetsToTransaction(offsets, group);
                join(sent);
            } catch (RuntimeException failure) {
                producer.abortTransaction();
                usable = true;
                throw failure;
            }
            // If this fails nobody knows whether it is committed: the next owner of the transactional id finds out.
            producer.commitTransaction();
            usable = true;
        } finally {
            release(usable ? slot : without(slot));
        }
    }

    private synchronized Slot acquire() {
        if (closed) {
            throw new IllegalStateException("The application is being stopped");
        }
        return idle.isEmpty() ? new Slot(slots++, null) : idle.remove(idle.size() - 1);
    }

    private Slot withProducer(Slot slot) {
        if (slot.producer() != null) {
            return slot;
        }
        Map<String, Object> own = new HashMap<>(settings);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, idPrefix + slot.number());
        own.put(ProducerConfig.CLIENT_ID_CONFIG, own.get(ProducerConfig.CLIENT_ID_CONFIG) + "-tx-" + slot.number());
        @Nullable Producer<byte[], byte[]> producer = null;
        try {
            producer = new KafkaProducer<>(own);
            producer.initTransactions();
            return new Slot(slot.number(), producer);
        } catch (RuntimeException failure) {
            release(without(new Slot(slot.number(), producer)));
            throw failure;
        }
    }

    private static Slot without(Slot slot) {
        if (slot.producer() != null) {
            slot.producer().close(Duration.ZERO);
        }
        return new Slot(slot.number(), null);
    }

    private void release(Slot slot) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                idle.add(slot);
            }
        }
        if (late) {
            without(slot);
        }
    }

    private <T> T join(Future<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "The broker has not answered within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while the broker was asked", e);
        }
    }

    @Override
    public void close() {
        List<Slot> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(idle);
            idle.clear();
        }
        last.forEach(slot -> {
            if (slot.producer() != null) {
                slot.producer().close(timeout);
            }
        });
    }
}
