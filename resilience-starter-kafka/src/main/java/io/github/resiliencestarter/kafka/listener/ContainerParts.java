package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterNames;
import io.github.resiliencestarter.kafka.deadletter.FailedRecords;
import io.github.resiliencestarter.kafka.deadletter.OriginalBytes;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.CircuitGates;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * What protected containers are made of. Thread-safe.
 *
 * @param store where replayed letters are resolved; may have none
 * @param sendTimeout how long the broker may take to confirm a dead letter
 * @param gates null if a listener behind an open circuit fails instead of being paused
 */
public record ContainerParts(
        ListenerSettings settings,
        DeadLetterNames names,
        DeadLetterDispatch dispatch,
        Supplier<@Nullable DeadLetterStore> store,
        MessageObserver observer,
        Duration sendTimeout,
        @Nullable CircuitGates gates) {

    Listening listening(AbstractMessageListenerContainer<?, ?> container, ContainerSettings consumer) {
        String group = container.getGroupId() == null ? container.getListenerId() : container.getGroupId();
        return new Listening(
                container,
                group,
                new Patience(container, consumer.budget()),
                new ListenedTopics(topic -> topic(group, topic)),
                new RetryMemory(),
                new Doors(gates, String.valueOf(container.getListenerId()), observer),
                new GuardLookup(container.getContainerProperties().getAckMode()),
                new ReplayedRecords(store, observer),
                observer);
    }

    private ListenedTopic topic(String group, String name) {
        return new ListenedTopic(name, settings.retry(name), observer.processed(name));
    }

    DeadLetters deadLetters(Listening listening, ContainerSettings consumer) {
        Duration half = consumer.budget();
        return new GivenUpRecords(
                new FailedRecords(OriginalBytes.of(consumer.factory(), consumer.overrides(), sendTimeout)),
                dispatch,
                listening.group(),
                listening.container().getListenerId(),
                consumer.autoCommit(),
                half.compareTo(sendTimeout) < 0 ? half : sendTimeout,
                listening.container()::isRunning);
    }
}
