package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.MessageAckListener;

/** Who tells the broker, and when, that a message was processed. */
enum Acknowledging {
    /** We do, when the listener has returned. */
    BY_US(
            AcknowledgeMode.AUTO,
            AcknowledgeMode.MANUAL,
            (raw, parts) -> new ConsumerChannel(raw, parts.told(), parts.aside())),
    /** Nobody does: what the broker has sent is gone. */
    BY_BROKER(
            AcknowledgeMode.NONE,
            AcknowledgeMode.NONE,
            (raw, parts) -> new UnacknowledgedChannel(raw, parts.told(), parts.aside())),
    /** The listener does. */
    BY_LISTENER(
            AcknowledgeMode.MANUAL,
            AcknowledgeMode.MANUAL,
            (raw, parts) -> new ManualChannel(raw, parts.told(), parts.aside(), parts.processed())),
    /** The listener's adapter does, when the future is complete that the listener has answered with. */
    WHEN_COMPLETED(
            AcknowledgeMode.MANUAL,
            AcknowledgeMode.MANUAL,
            (raw, parts) -> new AsyncChannel(raw, parts.told(), parts.aside(), parts.processed(), parts.failures())),
    /** We do, and the container commits it with what the listener has sent. */
    IN_TRANSACTION(
            AcknowledgeMode.AUTO,
            AcknowledgeMode.MANUAL,
            (raw, parts) -> new TransactedChannel(raw, parts.told(), parts.aside()));

    /**
     * What the channels of a container have in common.
     *
     * @param told whoever wants to know what was acknowledged
     * @param processed is told of each message that the listener acknowledges by itself
     */
    record ChannelParts(
            MessageAckListener told, AsideParts aside, AsyncFailures failures, Consumer<Message> processed) {}

    private final AcknowledgeMode told;
    private final AcknowledgeMode container;
    private final BiFunction<Channel, ChannelParts, ConsumerChannel> channels;

    Acknowledging(
            AcknowledgeMode told,
            AcknowledgeMode container,
            BiFunction<Channel, ChannelParts, ConsumerChannel> channels) {
        this.told = told;
        this.container = container;
        this.channels = channels;
    }

    static Acknowledging of(AbstractMessageListenerContainer container) {
        MessageListener listener = container.getMessageListener();
        if (listener != null && listener.isAsyncReplies()) {
            return WHEN_COMPLETED;
        }
        if (container.isChannelTransacted()) {
            return IN_TRANSACTION;
        }
        return switch (container.getAcknowledgeMode()) {
            case NONE -> BY_BROKER;
            case MANUAL -> BY_LISTENER;
            case AUTO -> BY_US;
        };
    }

    /** Whether the listener does it, perhaps long after it has returned. */
    boolean isByListener() {
        return told == AcknowledgeMode.MANUAL;
    }

    /** For one channel of the container. */
    ConsumerChannel channel(Channel raw, ChannelParts parts) {
        return channels.apply(raw, parts);
    }

    /** What the host's listener is told. */
    AcknowledgeMode told() {
        return told;
    }

    /** What the container is set to. */
    AcknowledgeMode container() {
        return container;
    }
}
