package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.support.converter.MessageConversionException;

/**
 * Stands around the host's listener for single messages, and acknowledges each of them. What succeeds at once pays for a look at a
 * few flags, a free lock and a counter; everything else is the business of the {@link SlowPath}.
 */
final class MessageListener implements ProtectingListener {

    private final org.springframework.amqp.core.MessageListener host;
    private final HostListener listener;
    private final HostListener processedListener;
    private final PostProcessors processors;
    private final Listening listening;
    private final DeadLetters deadLetters;
    private final Doors doors;
    private final ReplayedMessages replays;
    private final SlowPath slowPath;
    private final @Nullable BatchingStrategy batching;

    /**
     * @param processors of the container, which are ours from now on
     * @param batching takes messages apart that were published as one; null where the host does that itself
     */
    MessageListener(
            org.springframework.amqp.core.MessageListener host,
            Listening listening,
            SlowPath slowPath,
            PostProcessors processors,
            @Nullable BatchingStrategy batching) {
        this.host = host;
        this.processedListener = HostListener.of(host);
        this.listener = processors.before(processedListener);
        this.processors = processors;
        this.listening = listening;
        this.deadLetters = listening.deadLetters();
        this.doors = listening.doors();
        this.replays = listening.replays();
        this.slowPath = slowPath;
        this.batching = batching;
    }

    @Override
    public void onMessage(Message message, @Nullable Channel given) {
        ConsumerChannel channel = listening.channels().of(Objects.requireNonNull(given, "no channel"));
        MessageProperties properties = message.getMessageProperties();
        if (channel.isClosed()) {
            return;
        }
        channel.delivered(message);
        Channel shown = channel.forListener(given);
        if (batching != null && batching.canDebatch(properties)) {
            takeApart(message, shown, channel, batching);
        } else if (deadLetters.isStuck() || doors.isShut() || replays.isReplay(message)) {
            slowPath.deliver(delivery(message, shown, channel));
        } else if (attempt(message, shown, channel)) {
            channel.processed(properties.getDeliveryTag());
            listening.queues().of(properties.getConsumerQueue()).processed().increment();
            return;
        }
        channel.end(listening.container()::isActive);
    }

    private boolean attempt(Message message, Channel given, ConsumerChannel channel) {
        Throwable failure;
        channel.enter();
        try {
            listener.onMessage(message, given);
            return true;
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            channel.leave();
        }
        slowPath.afterFirstFailure(delivery(message, given, channel), failure);
        return false;
    }

    private void takeApart(Message message, Channel given, ConsumerChannel channel, BatchingStrategy strategy) {
        MessageProperties properties = message.getMessageProperties();
        Object format = properties.getHeader(MessageProperties.SPRING_BATCH_FORMAT);
        List<Message> parts = new ArrayList<>();
        try {
            strategy.deBatch(processors.process(message), parts::add);
        } catch (RuntimeException unreadable) {
            // Taken off before it was read; its dead letter is to be what was sent.
            properties.setHeader(MessageProperties.SPRING_BATCH_FORMAT, format);
            slowPath.afterFirstFailure(
                    delivery(message, given, channel),
                    new MessageConversionException("The message cannot be taken apart", unreadable));
            return;
        }
        if (parts.isEmpty()) {
            channel.ack(properties.getDeliveryTag());
            return;
        }
        Settlement each = new AcknowledgedTogether(acknowledged(message, channel), parts.size());
        parts.forEach(part -> slowPath.deliver(new Delivery(processedListener, part, given, channel, each)));
    }

    private Delivery delivery(Message message, Channel given, ConsumerChannel channel) {
        return new Delivery(listener, message, given, channel, acknowledged(message, channel));
    }

    private static Settlement acknowledged(Message message, ConsumerChannel channel) {
        return new Acknowledged(channel, message.getMessageProperties().getDeliveryTag());
    }

    /** The container's is ours. */
    @Override
    public void containerAckMode(AcknowledgeMode mode) {
        host.containerAckMode(listening.acknowledging().told());
    }

    @Override
    public boolean isAsyncReplies() {
        return host.isAsyncReplies();
    }
}
