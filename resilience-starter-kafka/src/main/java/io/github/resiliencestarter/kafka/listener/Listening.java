package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What the parts of one protected container share. Thread-safe.
 *
 * @param container whose threads call the listener
 * @param group its consumer group; its listener id where it has none
 */
record Listening(
        MessageListenerContainer container,
        String group,
        Patience patience,
        ListenedTopics topics,
        RetryMemory memory,
        Doors doors,
        GuardLookup guards,
        ReplayedRecords replays,
        MessageObserver observer) {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    /** Whether it consumes retry topics. They are ours: a listener that seeks means its own topics, to read them once more. */
    boolean isOfRetries() {
        String own = container.getGroupId();
        return own != null && !own.equals(group);
    }

    ListenedTopic topic(ConsumerRecord<?, ?> record) {
        return topics.of(record.topic());
    }

    @Nullable
    ConsumerGuard guard(Consumer<?, ?> consumer) {
        return guards.of(consumer);
    }

    void processed(List<? extends ConsumerRecord<?, ?>> records) {
        for (ConsumerRecord<?, ?> record : records) {
            topic(record).processed().increment();
        }
    }

    /** Whether any partition of this consumer waits. */
    boolean isHolding(Consumer<?, ?> consumer) {
        ConsumerGuard guard = guards.of(consumer);
        return guard != null && guard.holdsAny();
    }

    Source.Topic source(ConsumerRecord<?, ?> record) {
        return new Source.Topic(group, record.topic(), record.partition(), record.offset());
    }

    /** It has failed so often, and is tried again. */
    void retried(ConsumerRecord<?, ?> record, int made, Duration wait, Throwable failure) {
        observer.retried(source(record), made, failure);
        if (log.isDebugEnabled()) {
            log.debug(
                    "Attempt {} for {} at offset {} failed, the next one is due in {} ms",
                    made,
                    partition(record),
                    record.offset(),
                    wait.toMillis(),
                    failure);
        }
    }

    /** What the observers are told when a partition waits for its next attempt. */
    Pause pause(ConsumerRecord<?, ?> record, NextAttempt next) {
        ClosedDoor door = next.door();
        return door == null
                ? pause(record, next.waitNanos())
                : new Pause(container.getListenerId(), record.topic(), door.reason(), door.name(), Instant.now());
    }

    private Pause pause(ConsumerRecord<?, ?> record, long nanos) {
        String detail = "%s at offset %d is tried again in %d ms"
                .formatted(
                        partition(record),
                        record.offset(),
                        Duration.ofNanos(nanos).toMillis());
        return new Pause(container.getListenerId(), record.topic(), Pause.Reason.LONG_BACKOFF, detail, Instant.now());
    }

    void resumed(@Nullable Pause pause) {
        if (pause != null) {
            observer.resumed(pause);
        }
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
