package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.GuardSettings;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ConsumerPostProcessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.util.ReflectionUtils;

/**
 * How a container's consumers are made. The container does not show its factory, so its field is read.
 *
 * @param overrides what the listener sets over its factory
 * @param consumer both together
 */
record ContainerSettings(ConsumerFactory<?, ?> factory, Map<String, Object> overrides, Map<String, Object> consumer) {

    private static final Duration KAFKAS_POLL_INTERVAL = Duration.ofMinutes(5);

    /** Null if it cannot be known. */
    static @Nullable ContainerSettings of(AbstractMessageListenerContainer<?, ?> container) {
        ConsumerFactory<?, ?> factory = factoryOf(container);
        return factory == null ? null : of(container, factory);
    }

    /** For a container whose factory is known. */
    static ContainerSettings of(AbstractMessageListenerContainer<?, ?> container, ConsumerFactory<?, ?> factory) {
        Properties properties = container.getContainerProperties().getKafkaConsumerProperties();
        Map<String, Object> overrides = new HashMap<>();
        // Not all are text: who configures in code puts numbers and classes, too, and the factory takes them.
        properties.forEach((name, value) -> overrides.put(name.toString(), value));
        properties.stringPropertyNames().forEach(name -> overrides.put(name, properties.getProperty(name)));
        Map<String, Object> consumer = new HashMap<>(factory.getConfigurationProperties());
        consumer.putAll(overrides);
        return new ContainerSettings(factory, overrides, consumer);
    }

    private static @Nullable ConsumerFactory<?, ?> factoryOf(AbstractMessageListenerContainer<?, ?> container) {
        Field field = ReflectionUtils.findField(AbstractMessageListenerContainer.class, "consumerFactory");
        if (field == null || !field.trySetAccessible()) {
            return null;
        }
        return (ConsumerFactory<?, ?>) ReflectionUtils.getField(field, container);
    }

    Duration maxPollInterval() {
        Object interval = consumer.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        if (interval instanceof Duration duration) {
            return duration;
        }
        return interval == null ? KAFKAS_POLL_INTERVAL : Duration.ofMillis(Long.parseLong(interval.toString()));
    }

    /** How long after a poll the listener's thread may be asleep: the rest is for the listener, and for the poll to come. */
    Duration budget() {
        return maxPollInterval().dividedBy(2);
    }

    /** The consumer commits by itself what it has polled, so nothing can be held back from being committed. */
    boolean autoCommit() {
        return Boolean.parseBoolean(String.valueOf(consumer.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG)));
    }

    /** Guards all consumers of the factory from now on, once; false if it does not let us. */
    boolean guard() {
        return guard(factory, GuardSettings.within(maxPollInterval()));
    }

    private static <K, V> boolean guard(ConsumerFactory<K, V> factory, GuardSettings settings) {
        synchronized (factory) {
            if (factory.getPostProcessors().stream().noneMatch(Guarding.class::isInstance)) {
                factory.addPostProcessor(new Guarding<>(settings));
            }
            return factory.getPostProcessors().stream().anyMatch(Guarding.class::isInstance);
        }
    }

    private record Guarding<K, V>(GuardSettings settings) implements ConsumerPostProcessor<K, V> {

        @Override
        public Consumer<K, V> apply(Consumer<K, V> consumer) {
            return ConsumerGuard.guard(consumer, settings);
        }
    }
}
