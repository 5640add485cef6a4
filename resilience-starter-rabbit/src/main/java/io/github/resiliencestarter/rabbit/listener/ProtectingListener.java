package io.github.resiliencestarter.rabbit.listener;

import java.util.ArrayList;
import java.util.List;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/** One of ours, around the host's. Thread-safe. */
abstract class ProtectingListener implements ChannelAwareMessageListener {

    final Listening listening;
    private final org.springframework.amqp.core.MessageListener host;

    ProtectingListener(org.springframework.amqp.core.MessageListener host, Listening listening) {
        this.host = host;
        this.listening = listening;
    }

    /** The container's is ours. */
    @Override
    public final void containerAckMode(AcknowledgeMode mode) {
        host.containerAckMode(listening.acknowledging().told());
    }

    @Override
    public final boolean isAsyncReplies() {
        return host.isAsyncReplies();
    }

    static Settlement acknowledged(Message message, ConsumerChannel channel) {
        return new Acknowledged(channel, message.getMessageProperties().getDeliveryTag());
    }

    /**
     * The messages that were published as one.
     *
     * @param sent is as it was if they cannot be read: its dead letter is to be what was sent
     */
    static List<Message> parts(BatchingStrategy strategy, Message processed, Message sent) {
        MessageProperties properties = sent.getMessageProperties();
        Object format = properties.getHeader(MessageProperties.SPRING_BATCH_FORMAT);
        List<Message> parts = new ArrayList<>();
        try {
            strategy.deBatch(processed, parts::add);
            return parts;
        } catch (RuntimeException unreadable) {
            // Taken off before the body was read.
            properties.setHeader(MessageProperties.SPRING_BATCH_FORMAT, format);
            throw unreadable;
        }
    }
}
