package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.CircuitGates;
import io.github.resiliencestarter.messaging.delivery.DelayingTransport;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import io.github.resiliencestarter.rabbit.deadletter.FailedMessages;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;

/**
 * What protected containers are made of. Thread-safe.
 *
 * @param store where replayed letters are resolved; may have none
 * @param gates null if a listener behind an open circuit fails instead of being paused
 */
public record ContainerParts(
        ListenerSettings settings,
        DeadLetterNames names,
        DelayingTransport transport,
        DeadLetterDispatch dispatch,
        Supplier<@Nullable DeadLetterStore> store,
        MessageObserver observer,
        LetterTraces traces,
        CallClock clock,
        @Nullable CircuitGates gates) {

    Listening listening(AbstractMessageListenerContainer container, ContainerSettings consumer, RetryThreads threads) {
        DeadLetters deadLetters = deadLetters(container);
        AsideParts aside = new AsideParts(consumer.aside(), clock, threads);
        AsyncFailures failures = new AsyncFailures();
        ReplayedMessages replays = new ReplayedMessages(store, observer);
        Acknowledging acknowledging = consumer.acknowledging();
        return new Listening(
                container,
                acknowledging,
                settings.keepOrder() || acknowledging == Acknowledging.IN_TRANSACTION,
                new ListenedQueues(this::queue),
                new ConsumerChannels(
                        raw -> acknowledging.channel(
                                raw,
                                new Acknowledging.ChannelParts(
                                        container.getMessageAckListener(), aside, failures, replays::processed)),
                        deadLetters::channelClosed),
                deadLetters,
                new Doors(gates, container.getListenerId(), observer),
                replays,
                failures,
                observer);
    }

    private ListenedQueue queue(String name) {
        return new ListenedQueue(name, settings.retry(name), observer.processed(name), settings.delays(name));
    }

    private DeadLetters deadLetters(AbstractMessageListenerContainer container) {
        String listener = container.getListenerId();
        return new GivenUpMessages(
                new FailedMessages(traces),
                new DelayedMessages(names, transport),
                dispatch.listener(listener),
                listener,
                delivery -> container.isActive() && !delivery.channel().isClosed());
    }
}
