package io.github.resiliencestarter.kafka.deadletter;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records again, as bytes, by a consumer that belongs to no group. Failures that are close together are read in one
 * go, because what has been fetched is kept. Thread-safe: one reads at a time.
 */
final class RecordReader implements AutoCloseable {

    /** A record that is no farther away is come to by reading on: another fetch would bring most of the same bytes. */
    private static final long NEAR = 2_000;

    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> settings;
    private final Duration timeout;
    /** What was read after the last record that was wanted. */
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> ahead = new HashMap<>();

    private @Nullable Consumer<byte[], byte[]> consumer;

    RecordReader(Map<String, ?> host, Duration timeout) {
        this.settings = ClientSettings.consumer(host, "original-bytes");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // The record was consumed, so it is committed if that matters; waiting for others to commit does not.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 << 10);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.timeout = timeout;
    }

    /**
     * @return null if the broker does not have the record any more
     * @throws UnreadableRecordException if the broker does not answer in time
     */
    synchronized @Nullable ConsumerRecord<byte[], byte[]> read(TopicPartition partition, long offset) {
        try {
            return find(partition, offset);
        } catch (OffsetOutOfRangeException gone) {
            close();
            return null;
        } catch (RuntimeException failure) {
            // Maybe it is the connection; the next one asks with a new one.
            close();
            throw new UnreadableRecordException(partition, offset, failure);
        }
    }

    private @Nullable ConsumerRecord<byte[], byte[]> find(TopicPartition partition, long offset) {
        Consumer<byte[], byte[]> reader = positioned(partition, offset);
        Deque<ConsumerRecord<byte[], byte[]>> read = ahead.computeIfAbsent(partition, any -> new ArrayDeque<>());
        long deadline = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() - deadline < 0) {
            while (!read.isEmpty() && read.peek().offset() < offset) {
                read.remove();
            }
            ConsumerRecord<byte[], byte[]> next = read.peek();
            if (next != null) {
                // An offset that is passed over has been compacted away.
                return next.offset() == offset ? read.remove() : null;
            }
            reader.poll(POLL).forEach(read::add);
        }
        throw new TimeoutException("Not read within %d ms".formatted(timeout.toMillis()));
    }

    private Consumer<byte[], byte[]> positioned(TopicPartition partition, long offset) {
        Consumer<byte[], byte[]> reader = consumer == null ? new KafkaConsumer<>(settings) : consumer;
        consumer = reader;
        if (!reader.assignment().equals(Set.of(partition))) {
            reader.assign(Set.of(partition));
            ahead.clear();
            reader.seek(partition, offset);
            return reader;
        }
        Deque<ConsumerRecord<byte[], byte[]>> read = ahead.get(partition);
        long from = read == null || read.isEmpty()
                ? reader.position(partition)
                : read.element().offset();
        if (offset < from || offset - from > NEAR) {
            ahead.clear();
            reader.seek(partition, offset);
        }
        return reader;
    }

    @Override
    public synchronized void close() {
        Consumer<byte[], byte[]> last = consumer;
        consumer = null;
        ahead.clear();
        if (last != null) {
            last.close(Duration.ZERO);
        }
    }
}
