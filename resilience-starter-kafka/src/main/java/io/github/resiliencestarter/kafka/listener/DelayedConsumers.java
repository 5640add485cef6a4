package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.CompanionTopic;
import io.github.resiliencestarter.kafka.deadletter.KafkaDeadLetterTransport;
import io.github.resiliencestarter.kafka.deadletter.RetryTopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConcurrentContainerStoppedEvent;
import org.springframework.kafka.event.ConsumerStartedEvent;
import org.springframework.kafka.event.ContainerStoppedEvent;
import org.springframework.kafka.event.KafkaEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.adapter.AsyncRepliesAware;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * The consumers of retry topics, one for each container whose topics have any: they start, stop and pause with it. Thread-safe.
 */
public final class DelayedConsumers implements ApplicationListener<KafkaEvent>, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DelayedConsumers.class);

    private final RetryTopicNames names;
    private final KafkaDeadLetterTransport transport;
    private final ApplicationContext context;
    private final Map<MessageListenerContainer, RetryConsumer> bySource = new ConcurrentHashMap<>();
    /** Those whose records may wait: sources that have such a consumer, and these consumers themselves. */
    private final Set<MessageListenerContainer> delaying = ConcurrentHashMap.newKeySet();

    private volatile boolean running;

    private record RetryConsumer(AbstractMessageListenerContainer<?, ?> container, RetryTopics topics) {}

    public DelayedConsumers(RetryTopicNames names, KafkaDeadLetterTransport transport, ApplicationContext context) {
        this.names = names;
        this.transport = transport;
        this.context = context;
    }

    interface Protection {
        <K, V> void put(
                AbstractMessageListenerContainer<K, V> container, Listening listening, ContainerSettings settings);
    }

    DelayedRecords records(Listening listening) {
        return new DelayedRecords(
                delaying.contains(listening.container()), listening.topics(), names, transport, listening.group());
    }

    /** Makes the consumer of this container's retry topics, if it has any; it starts when the container does. */
    <K, V> void add(
            AbstractMessageListenerContainer<K, V> source,
            Listening listening,
            ContainerParts parts,
            ContainerSettings settings,
            Protection protection) {
        RetryTopics topics = new RetryTopics(
                names,
                listening.group(),
                topics(source.getContainerProperties()).stream()
                        .map(parts::topic)
                        .toList());
        if (topics.isEmpty()) {
            return;
        }
        if (source.getContainerProperties().getMessageListener() instanceof AsyncRepliesAware async
                && async.isAsyncReplies()) {
            log.warn(
                    "Listener {} answers with a future, so what it gives up does not wait in {}, but is a dead letter",
                    source.getListenerId(),
                    List.of(topics.names()));
            return;
        }
        DueRecords due = new DueRecords(topics::longest, () -> pauseLike(source));
        @SuppressWarnings("unchecked") // the factory of this very container
        ConsumerFactory<K, V> factory = RetryConsumers.of((ConsumerFactory<K, V>) settings.factory(), due);
        AbstractMessageListenerContainer<K, V> made =
                RetryContainer.like(source, factory, listening.group(), topics.names());
        made.setApplicationContext(context);
        made.setApplicationEventPublisher(context);
        ContainerSettings own = ContainerSettings.of(made, factory);
        delaying.add(source);
        delaying.add(made);
        protection.put(
                made, parts.listening(made, own, listening.group(), name -> waiting(parts, topics.get(name))), own);
        bySource.put(source, new RetryConsumer(made, topics));
        if (source.getApplicationEventPublisher() == null) {
            // Its events are how we know that it starts.
            source.setApplicationEventPublisher(context);
        }
    }

    private static ListenedTopic waiting(ContainerParts parts, RetryTopic topic) {
        return parts.topic(topic.source()).waiting(topic);
    }

    private static Set<String> topics(ContainerProperties properties) {
        Set<String> topics = new LinkedHashSet<>();
        if (properties.getTopics() != null) {
            topics.addAll(Arrays.asList(properties.getTopics()));
        }
        if (properties.getTopicPartitions() != null) {
            Arrays.stream(properties.getTopicPartitions())
                    .map(TopicPartitionOffset::getTopic)
                    .forEach(topics::add);
        }
        return topics;
    }

    /** The retry topics that must be there for this container. */
    public Collection<CompanionTopic> topics(MessageListenerContainer source, Duration retention) {
        RetryConsumer retry = bySource.get(source);
        List<CompanionTopic> topics = new ArrayList<>();
        if (retry != null) {
            retry.topics()
                    .all()
                    .forEach(topic -> topics.add(new CompanionTopic(topic.name(), topic.source(), retention)));
        }
        return topics;
    }

    /** An operator who pauses a listener means its retries, too. */
    private void pauseLike(MessageListenerContainer source) {
        RetryConsumer retry = bySource.get(source);
        if (retry == null || source.isPauseRequested() == retry.container().isPauseRequested()) {
            return;
        }
        if (source.isPauseRequested()) {
            retry.container().pause();
        } else {
            retry.container().resume();
        }
    }

    @Override
    public void onApplicationEvent(KafkaEvent event) {
        boolean starts = event instanceof ConsumerStartedEvent;
        if (!starts
                && !(event instanceof ContainerStoppedEvent)
                && !(event instanceof ConcurrentContainerStoppedEvent)) {
            return;
        }
        MessageListenerContainer source = event.getContainer(MessageListenerContainer.class);
        RetryConsumer retry = bySource.get(source);
        if (retry == null) {
            return;
        }
        synchronized (retry) {
            if (starts && source.isRunning() && !retry.container().isRunning()) {
                log.info(
                        "Starting the retries of {}, from {}",
                        source.getListenerId(),
                        List.of(retry.topics().names()));
                if (source.isPauseRequested()) {
                    retry.container().pause();
                }
                retry.container().start();
            } else if (!starts && !source.isRunning()) {
                retry.container().stop(() -> {});
            }
        }
    }

    @Override
    public boolean isAutoStartup() {
        return true;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /** Together with the containers of listeners, which have the same phase. */
    @Override
    public void stop(Runnable callback) {
        running = false;
        List<RetryConsumer> all = List.copyOf(bySource.values());
        AtomicInteger left = new AtomicInteger(all.size() + 1);
        Runnable stopped = () -> {
            if (left.decrementAndGet() == 0) {
                callback.run();
            }
        };
        all.forEach(retry -> retry.container().stop(stopped));
        stopped.run();
    }

    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
