package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.kafka.deadletter.CompanionTopic;
import io.github.resiliencestarter.kafka.deadletter.CompanionTopics;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterNames;
import io.github.resiliencestarter.kafka.deadletter.KafkaDeadLetterTransport;
import io.github.resiliencestarter.kafka.listener.DelayedConsumers;
import io.github.resiliencestarter.messaging.companion.CompanionPreparation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/** Sees to the dead letter topics of all listeners that we protect, before the first of them starts. */
class DeadLetterTopicsStart implements SmartLifecycle {

    /** More than three questions take that the broker does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final String OURS = "io.github.resiliencestarter.";

    private final Supplier<Collection<MessageListenerContainer>> containers;
    private final CompanionTopics admin;
    private final DeadLetterNames names;
    private final KafkaDeadLetterTransport transport;
    private final Duration retention;
    private final Supplier<DelayedConsumers> delayed;
    /** What letters have not found: their sources are younger than the start, or of listeners that nobody knew then. */
    private final Set<CompanionTopic> late = ConcurrentHashMap.newKeySet();

    private volatile @Nullable CompanionPreparation<CompanionTopic> preparation;

    DeadLetterTopicsStart(
            Supplier<Collection<MessageListenerContainer>> containers,
            CompanionTopics admin,
            DeadLetterNames names,
            KafkaDeadLetterTransport transport,
            Duration retention,
            Supplier<DelayedConsumers> delayed) {
        this.containers = containers;
        this.admin = admin;
        this.names = names;
        this.transport = transport;
        this.retention = retention;
        this.delayed = delayed;
    }

    /** After listeners are protected, and before they consume. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1;
    }

    @Override
    public void start() {
        CompanionPreparation<CompanionTopic> made = new CompanionPreparation<>(
                "topics", this::deadLetterTopics, admin::prepare, this::warmUp, PATIENCE, PAUSE);
        preparation = made;
        transport.onMissing(this::missing);
        made.start();
    }

    private void missing(String topic, String source) {
        CompanionPreparation<CompanionTopic> last = preparation;
        if (last != null && late.add(new CompanionTopic(topic, source, retention))) {
            last.again();
        }
    }

    private Collection<CompanionTopic> deadLetterTopics() {
        Set<CompanionTopic> topics = new LinkedHashSet<>(late);
        for (MessageListenerContainer container : containers.get()) {
            if (isProtected(container)) {
                String group = group(container);
                consumed(container.getContainerProperties())
                        .forEach(topic -> topics.add(new CompanionTopic(names.of(group, topic), topic, retention)));
                topics.addAll(delayed.get().topics(container, retention));
            }
        }
        return topics;
    }

    /** Asked by name, so that whatever error handler of ours it has counts. */
    private static boolean isProtected(MessageListenerContainer container) {
        return container instanceof AbstractMessageListenerContainer<?, ?> known
                && (isOurs(known.getCommonErrorHandler()) || isOurs(known.getAfterRollbackProcessor()));
    }

    private static boolean isOurs(@Nullable Object handler) {
        return handler != null && handler.getClass().getName().startsWith(OURS);
    }

    private static String group(MessageListenerContainer container) {
        String group = container.getGroupId();
        return group == null ? "" : group;
    }

    private Stream<String> consumed(ContainerProperties properties) {
        String[] topics = properties.getTopics();
        TopicPartitionOffset[] partitions = properties.getTopicPartitions();
        Pattern pattern = properties.getTopicPattern();
        if (topics != null) {
            return Arrays.stream(topics);
        }
        if (partitions != null) {
            return Arrays.stream(partitions).map(TopicPartitionOffset::getTopic);
        }
        return pattern == null ? Stream.empty() : admin.matching(pattern).stream();
    }

    private void warmUp(Collection<CompanionTopic> topics) {
        topics.forEach(topic -> transport.warmUp(topic.name()));
    }

    @Override
    public void stop() {
        CompanionPreparation<CompanionTopic> last = preparation;
        preparation = null;
        if (last != null) {
            last.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return preparation != null;
    }
}
