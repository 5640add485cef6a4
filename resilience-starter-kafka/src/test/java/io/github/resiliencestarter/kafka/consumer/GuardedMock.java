package io.github.resiliencestarter.kafka.consumer;

import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** A guarded consumer without a broker: two partitions of ten records each, subscribed to and assigned. */
public final class GuardedMock {

    public static final TopicPartition ONE = new TopicPartition("orders", 0);
    public static final TopicPartition TWO = new TopicPartition("orders", 1);

    public final VirtualTime time = new VirtualTime();
    public final Broker broker = new Broker();
    final Consumer<String, String> consumer =
            ConsumerGuard.guard(broker, new GuardSettings(Duration.ofSeconds(10), Duration.ofSeconds(5)), time);
    public final ConsumerGuard guard = ConsumerGuard.of(consumer);
    final List<String> rebalances = new ArrayList<>();
    Runnable onRevoked = () -> {};

    public GuardedMock() {
        consumer.subscribe(List.of("orders"), new Recorder());
        assign(ONE, TWO);
        for (TopicPartition partition : List.of(ONE, TWO)) {
            for (int offset = 0; offset < 10; offset++) {
                add(partition, offset);
            }
        }
    }

    void assign(TopicPartition... partitions) {
        broker.rebalance(List.of(partitions));
        Map<TopicPartition, Long> beginning = new HashMap<>();
        Arrays.stream(partitions).forEach(partition -> beginning.put(partition, 0L));
        broker.updateBeginningOffsets(beginning);
    }

    void add(TopicPartition partition, long offset) {
        broker.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "k", "v" + offset));
    }

    /** The offsets of a partition that a poll brings. */
    public List<Long> poll(TopicPartition partition) {
        return consumer.poll(Duration.ofSeconds(5)).records(partition).stream()
                .map(ConsumerRecord::offset)
                .toList();
    }

    public void commit(TopicPartition partition, long offset) {
        consumer.commitSync(offsets(partition, offset));
    }

    static Map<TopicPartition, OffsetAndMetadata> offsets(TopicPartition partition, long offset) {
        return Map.of(partition, new OffsetAndMetadata(offset, "note"));
    }

    /** The last offset that was committed; -1 for none. */
    public long committed(TopicPartition partition) {
        return broker.commits.stream()
                .filter(commit -> commit.containsKey(partition))
                .reduce((first, second) -> second)
                .map(commit -> commit.get(partition).offset())
                .orElse(-1L);
    }

    private final class Recorder implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            rebalances.add("revoked");
            onRevoked.run();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            rebalances.add("assigned");
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            rebalances.add("lost");
            onRevoked.run();
        }
    }

    /** Counts commits, lets them fail, and hands out the listener that it was given. */
    public static final class Broker extends MockConsumer<String, String> {

        final List<Map<TopicPartition, OffsetAndMetadata>> commits = new ArrayList<>();

        @Nullable
        RuntimeException commitFailure;

        boolean wokenUpDuringCommit;

        public @Nullable ConsumerRebalanceListener listener;

        Broker() {
            super(OffsetResetStrategy.EARLIEST);
        }

        @Override
        public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
            this.listener = listener;
            super.subscribe(topics, listener);
        }

        @Override
        public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
            this.listener = listener;
            super.subscribe(pattern, listener);
        }

        /** As a real consumer does. */
        @Override
        public synchronized void unsubscribe() {
            if (listener != null) {
                listener.onPartitionsRevoked(assignment());
            }
            super.unsubscribe();
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            if (commitFailure != null) {
                throw commitFailure;
            }
            if (wokenUpDuringCommit) {
                wokenUpDuringCommit = false;
                throw new WakeupException();
            }
            super.commitSync(offsets); // by commitAsync
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commitSync(offsets);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
            if (commitFailure != null) {
                if (callback != null) {
                    callback.onComplete(offsets, commitFailure);
                }
                return;
            }
            commits.add(offsets);
            super.commitAsync(offsets, callback);
        }
    }
}
