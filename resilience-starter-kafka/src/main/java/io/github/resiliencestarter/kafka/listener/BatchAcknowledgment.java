package io.github.resiliencestarter.kafka.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;

/**
 * A batch that reaches its listener in parts is acknowledged when each part is, be it by another thread: the container knows
 * nothing of parts. What is given up, and what is held and comes again, needs nobody's acknowledgment. Thread-safe.
 */
final class BatchAcknowledgment<K, V> {

    private final Acknowledgment whole;
    private final List<ConsumerRecord<K, V>> batch;
    /** Parts that were processed and not acknowledged, and the run itself. */
    private final AtomicInteger open = new AtomicInteger(1);

    BatchAcknowledgment(Acknowledgment whole, List<ConsumerRecord<K, V>> batch) {
        this.whole = whole;
        this.batch = batch;
    }

    /**
     * For one call of the listener.
     *
     * @param processed run when it acknowledges them, before that counts
     */
    Part part(List<ConsumerRecord<K, V>> records, Runnable processed) {
        return new Part(records, processed);
    }

    /** There are no more parts. */
    void end() {
        close();
    }

    private void close() {
        if (open.decrementAndGet() == 0) {
            whole.acknowledge();
        }
    }

    final class Part implements Acknowledgment {

        private final List<ConsumerRecord<K, V>> records;
        private final Runnable processed;
        private boolean acknowledged;
        private boolean awaited;
        private boolean nacked;

        private Part(List<ConsumerRecord<K, V>> records, Runnable processed) {
            this.records = records;
            this.processed = processed;
        }

        @Override
        public void acknowledge() {
            processed.run();
            boolean last;
            synchronized (this) {
                last = awaited && !acknowledged;
                acknowledged = true;
            }
            if (last) {
                close();
            }
        }

        /** A part of a part is acknowledged with the rest of it: later, so nothing is lost. */
        @Override
        public void acknowledge(int index) {
            if (index == records.size() - 1) {
                acknowledge();
            }
        }

        @Override
        public void nack(int index, Duration sleep) {
            whole.nack(batch.indexOf(records.get(index)), sleep);
            nacked = true;
        }

        @Override
        public boolean isOutOfOrderCommit() {
            return whole.isOutOfOrderCommit();
        }

        /** The listener has processed it, and may acknowledge it later. */
        synchronized void processed() {
            if (!acknowledged) {
                awaited = true;
                open.incrementAndGet();
            }
        }

        boolean isNacked() {
            return nacked;
        }
    }

    static <K, V> @Nullable BatchAcknowledgment<K, V> of(
            @Nullable Acknowledgment whole, List<ConsumerRecord<K, V>> batch) {
        return whole == null ? null : new BatchAcknowledgment<>(whole, batch);
    }
}
