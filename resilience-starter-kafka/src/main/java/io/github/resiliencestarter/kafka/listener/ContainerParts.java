package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterNames;
import io.github.resiliencestarter.kafka.deadletter.FailedRecords;
import io.github.resiliencestarter.kafka.deadletter.OriginalBytes;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.CircuitGates;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * What protected containers are made of. Thread-safe.
 *
 * @param store where replayed letters are resolved; may have none
 * @param sendTimeout how long the broker may take to confirm a dead letter
 * @param open what reads the bytes of failed records, until it is closed with the application
 * @param gates null if a listener behind an open circuit fails instead of being paused
 */
public record ContainerParts(
        ListenerSettings settings,
        DeadLetterNames names,
        DeadLetterDispatch dispatch,
        Supplier<@Nullable DeadLetterStore> store,
        MessageObserver observer,
        LetterTraces traces,
        Duration sendTimeout,
        Set<FailedRecords> open,
        @Nullable CircuitGates gates) {

    Listening listening(AbstractMessageListenerContainer<?, ?> container, ContainerSettings consumer) {
        String group = container.getGroupId() == null ? container.getListenerId() : container.getGroupId();
        return listening(container, consumer, group, this::topic);
    }

    /**
     * @param group for whom it consumes, which is not its own group where it consumes retry topics
     * @param topics what holds for each
     */
    Listening listening(
            AbstractMessageListenerContainer<?, ?> container,
            ContainerSettings consumer,
            String group,
            Function<String, ListenedTopic> topics) {
        return new Listening(
                container,
                group,
                new Patience(container, consumer.budget()),
                new ListenedTopics(topics),
                new RetryMemory(),
                new Doors(gates, String.valueOf(container.getListenerId()), observer),
                new GuardLookup(),
                new ReplayedRecords(store, observer),
                observer);
    }

    ListenedTopic topic(String name) {
        return new ListenedTopic(name, settings.retry(name), observer.processed(name), name, 0, settings.delays(name));
    }

    FailedRecords failedRecords(ContainerSettings consumer) {
        FailedRecords records =
                new FailedRecords(OriginalBytes.of(consumer.factory(), consumer.overrides(), sendTimeout), traces);
        open.add(records);
        return records;
    }

    DeadLetters deadLetters(Listening listening, ContainerSettings consumer, DelayedRecords delayed) {
        Duration half = consumer.budget();
        return new GivenUpRecords(
                failedRecords(consumer),
                delayed,
                dispatch,
                listening.group(),
                listening.container().getListenerId(),
                consumer.autoCommit(),
                half.compareTo(sendTimeout) < 0 ? half : sendTimeout,
                listening.container()::isRunning);
    }
}
