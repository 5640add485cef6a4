package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Source;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;

/**
 * What the parts of one protected container share. Thread-safe.
 *
 * @param container whose threads call the listener
 * @param keepOrder whether those behind a message that waits for its next attempt wait too
 */
record Listening(
        AbstractMessageListenerContainer container,
        Acknowledging acknowledging,
        boolean keepOrder,
        ListenedQueues queues,
        ConsumerChannels channels,
        DeadLetters deadLetters,
        Doors doors,
        ReplayedMessages replays,
        AsyncFailures asyncFailures,
        MessageObserver observer) {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    ListenedQueue queue(Delivery delivery) {
        return queues.of(delivery.queue());
    }

    /** Whether the message can still be tried and settled; if not, it comes again. */
    boolean goesOn(Delivery delivery) {
        return container.isActive()
                && !delivery.channel().isClosed()
                && !Thread.currentThread().isInterrupted();
    }

    /** The message cannot be tried any more. Where its channel stays open, the broker must be told that it has to come again. */
    void leave(Delivery delivery) {
        if (container.isActive() && !delivery.channel().isClosed()) {
            delivery.settlement().giveBack();
        }
    }

    /** The listener has failed after it had told the broker that this message need not come again. */
    void settledByListener(Delivery delivery, Throwable failure) {
        log.warn(
                "Listener {} has settled {} and then failed; it is not tried again, and no dead letter",
                container.getListenerId(),
                delivery,
                failure);
    }

    /** The listener has returned. Where it acknowledges by itself it says only then that it has processed the message. */
    void returned(Delivery delivery) {
        doors.passed(delivery);
        if (!acknowledging.isByListener() && acknowledging != Acknowledging.IN_TRANSACTION) {
            replays.processed(delivery.message());
        }
    }

    /** With its transaction: if that had failed the message would come again, and must not be taken for processed then. */
    void committed(Delivery delivery) {
        if (acknowledging == Acknowledging.IN_TRANSACTION) {
            replays.processed(delivery.message());
        }
    }

    /** The listener has thrown in order to have the message acknowledged all the same, even if it does that by itself as a rule. */
    void askedToAcknowledge(Delivery delivery) {
        if (acknowledging.isByListener()) {
            replays.processed(delivery.message());
            delivery.settlement().settle();
        }
    }

    static Source.Queue source(Message message) {
        MessageProperties properties = message.getMessageProperties();
        return new Source.Queue(
                String.valueOf(properties.getConsumerQueue()),
                String.valueOf(properties.getReceivedExchange()),
                String.valueOf(properties.getReceivedRoutingKey()));
    }

    /** It has failed so often, and is tried again. */
    void retried(Delivery delivery, int made, Duration wait, Throwable failure) {
        observer.retried(source(delivery.message()), made, failure);
        log.debug("Attempt {} for {} failed, the next one is due in {} ms", made, delivery, wait.toMillis(), failure);
    }
}
