package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * The host's interceptor of batches. A batch that it fails at comes again, as often as it takes: it is not known which record is to
 * blame. Where the container calls it before a transaction it catches nothing, and would go on with the next poll. Elsewhere it takes
 * an exception of Kafka for a commit that failed, and the batch for processed. Thread-safe.
 */
final class SafeBatchInterceptor<K, V> implements BatchInterceptor<K, V> {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final BatchInterceptor<K, V> host;
    private final Listening listening;
    private final boolean transactional;

    SafeBatchInterceptor(BatchInterceptor<K, V> host, Listening listening, boolean transactional) {
        this.host = host;
        this.listening = listening;
        this.transactional = transactional;
    }

    @Override
    public @Nullable ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
        try {
            return host.intercept(records, consumer);
        } catch (RuntimeException failure) {
            if (!transactional) {
                throw Thrown.forContainer(failure);
            }
            hold(records, consumer);
            throw failure;
        }
    }

    private void hold(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
        ConsumerGuard guard = listening.guard(consumer);
        for (TopicPartition partition : records.partitions()) {
            long first = records.records(partition).get(0).offset();
            if (guard == null) {
                consumer.seek(partition, first);
            } else {
                guard.hold(partition, first, AGAIN);
            }
        }
    }

    @Override
    public void success(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
        host.success(records, consumer);
    }

    @Override
    public void failure(ConsumerRecords<K, V> records, Exception exception, Consumer<K, V> consumer) {
        host.failure(records, exception, consumer);
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        host.setupThreadState(consumer);
    }

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        host.clearThreadState(consumer);
    }
}
