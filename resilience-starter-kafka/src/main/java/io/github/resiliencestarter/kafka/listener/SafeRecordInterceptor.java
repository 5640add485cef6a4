package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * The host's interceptor. Where the container calls it before a transaction, or after a record, it catches nothing: it would go on
 * with the next poll, past the rest of what it has in hand. Elsewhere it takes an exception of Kafka for a commit that failed, and
 * the record for processed. So a record whose interceptor fails reaches our listener all the same, which gives it up. Thread-safe.
 */
final class SafeRecordInterceptor<K, V> implements RecordInterceptor<K, V> {

    private static final Logger log = LoggerFactory.getLogger(SafeRecordInterceptor.class);

    private final RecordInterceptor<K, V> host;
    private final Listening listening;

    SafeRecordInterceptor(RecordInterceptor<K, V> host, Listening listening) {
        this.host = host;
        this.listening = listening;
    }

    @Override
    public @Nullable ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        try {
            return host.intercept(record, consumer);
        } catch (RuntimeException failure) {
            giveUp(record, failure, consumer);
            return record;
        }
    }

    private void giveUp(ConsumerRecord<K, V> record, RuntimeException failure, Consumer<K, V> consumer) {
        TopicPartition partition = Listening.partition(record);
        ConsumerGuard guard = listening.guard(consumer);
        if (guard != null && guard.isHeld(partition, record.offset())) {
            return; // It is passed over, and comes again.
        }
        Remembered known = listening.memory().find(partition, record.offset());
        if (known == null || known.givenUp() == null) {
            Remembered failed = known == null ? Remembered.untried(record.offset()) : known;
            listening.memory().put(partition, failed.givenUp(Thrown.bearable(failure)));
        }
    }

    @Override
    public void success(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        host.success(record, consumer);
    }

    @Override
    public void failure(ConsumerRecord<K, V> record, Exception exception, Consumer<K, V> consumer) {
        host.failure(record, exception, consumer);
    }

    @Override
    public void afterRecord(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        try {
            host.afterRecord(record, consumer);
        } catch (RuntimeException failure) {
            log.error(
                    "The interceptor of {} failed after {} at offset {}",
                    listening.group(),
                    Listening.partition(record),
                    record.offset(),
                    failure);
        }
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
