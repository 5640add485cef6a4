package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.call.plan.RetrySettings;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Consumer;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Topic;
import io.github.resiliencestarter.messaging.retry.DelayLevels;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is configured for each topic: its own keys, then those of all consumers, then the built-in ones. Immutable. */
public final class ListenerSettings {

    private final @Nullable RetrySettings retry;
    private final List<Duration> delayed;
    private final Map<String, Topic> topics;

    public ListenerSettings(Consumer consumer) {
        this.retry = consumer.retry();
        this.delayed = consumer.delayed();
        this.topics = Objects.requireNonNullElse(consumer.topics(), Map.of());
    }

    RetryPolicy retry(String topic) {
        Topic own = topics.get(topic);
        return RetryPolicy.of(Thrown.FATAL, own == null ? null : own.retry(), retry);
    }

    /** The waits of a record of this source topic that is given up, before it is a dead letter. */
    DelayLevels delays(String topic) {
        Topic own = topics.get(topic);
        List<Duration> delays = own == null || own.delayed() == null ? delayed : own.delayed();
        return delays.isEmpty()
                ? DelayLevels.NONE
                : new DelayLevels(delays, retry(topic).backoff().jitter());
    }
}
