package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.support.converter.MessageConversionException;

/**
 * Stands around the host's listener for single messages, and acknowledges each of them. What succeeds at once pays for a look at a
 * few flags, a free lock and a counter; everything else is the business of the {@link SlowPath}.
 */
final class MessageListener extends ProtectingListener {

    private final HostListener listener;
    private final HostListener processedListener;
    private final PostProcessors processors;
    private final DeadLetters deadLetters;
    private final Doors doors;
    private final ReplayedMessages replays;
    private final SlowPath slowPath;
    /** Takes messages apart that were published as one; null where the host does that itself. */
    private final @Nullable BatchingStrategy batching;

    /** @param settings of the container, whose processors and advice are ours from now on */
    MessageListener(
            org.springframework.amqp.core.MessageListener host,
            Listening listening,
            SlowPath slowPath,
            ContainerSettings settings) {
        super(host, listening);
        this.processedListener = HostListener.of(host, settings.advice());
        this.processors = settings.processors();
        this.listener = processors.before(processedListener);
        this.deadLetters = listening.deadLetters();
        this.doors = listening.doors();
        this.replays = listening.replays();
        this.slowPath = slowPath;
        this.batching = settings.batching();
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
        List<Message> parts;
        try {
            parts = parts(strategy, processors.process(message), message);
        } catch (RuntimeException unreadable) {
            slowPath.afterFirstFailure(
                    delivery(message, given, channel),
                    new MessageConversionException("The message cannot be taken apart", unreadable));
            return;
        }
        if (parts.isEmpty()) {
            channel.ack(message.getMessageProperties().getDeliveryTag());
            return;
        }
        Settlement each = new AcknowledgedTogether(acknowledged(message, channel), parts.size());
        parts.forEach(part -> slowPath.deliver(new Delivery(processedListener, part, given, channel, each)));
    }

    private Delivery delivery(Message message, Channel given, ConsumerChannel channel) {
        return new Delivery(listener, message, given, channel, acknowledged(message, channel));
    }
}
