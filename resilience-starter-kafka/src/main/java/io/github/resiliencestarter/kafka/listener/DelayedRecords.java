package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.KafkaDeadLetterTransport;
import io.github.resiliencestarter.kafka.deadletter.RetryTopicNames;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.delivery.Detour;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record that is given up is tried again later, and in which topic it waits until then. Thread-safe.
 *
 * @param consumed whether anybody consumes these retry topics
 */
record DelayedRecords(
        boolean consumed,
        ListenedTopics topics,
        RetryTopicNames names,
        KafkaDeadLetterTransport transport,
        String group) {

    /** Null if it is a dead letter: there is no further level, or each attempt would fail the same way. */
    @Nullable
    Detour detour(ConsumerRecord<?, ?> record, Throwable failure) {
        ListenedTopic topic = topics.of(record.topic());
        if (!consumed || topic.delays().isEmpty() || !topic.retry().retryable().test(failure)) {
            return null;
        }
        Delay delay = topic.delays().after(topic.level(), Instant.now());
        return delay == null ? null : new Detour(delay, names.of(group, topic.source(), delay.duration()), transport);
    }
}
