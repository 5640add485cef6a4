package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import io.github.resiliencestarter.rabbit.deadletter.ContainerFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;

/**
 * Stands around the host's listener for batches, and acknowledges each message of them. Messages that were published as one are
 * taken apart here, so that each of them can fail alone. A batch that fails is taken through by a {@link BatchRun}.
 */
final class BatchListener extends ProtectingListener implements ChannelAwareBatchMessageListener {

    private final HostListener single;
    private final HostListener alone;
    private final BatchCall together;
    private final SlowPath slowPath;
    private final @Nullable BatchingStrategy strategy;
    private final boolean deBatching;

    /** @param slowPath for messages that come alone, or cannot be taken apart */
    BatchListener(
            org.springframework.amqp.core.MessageListener host,
            Listening listening,
            SlowPath slowPath,
            ContainerSettings settings) {
        super(host, listening);
        this.single = HostListener.of(host, settings.advice());
        this.together = BatchCall.of(host, settings.advice());
        this.alone =
                (message, channel) -> together.attempt(List.of(message), Objects.requireNonNull(channel, "no channel"));
        this.slowPath = slowPath;
        this.strategy = settings.strategy();
        this.deBatching = settings.deBatching();
    }

    @Override
    public void onMessageBatch(List<Message> messages, Channel given) {
        ConsumerChannel channel = listening.channels().of(given);
        if (channel.isClosed()) {
            return;
        }
        Channel shown = channel.forListener(given);
        List<Message> parts = new ArrayList<>(messages.size());
        for (Message message : messages) {
            channel.delivered(message);
            if (isWhole(message)) {
                takeApart(message, shown, channel, parts);
            } else {
                parts.add(message);
            }
        }
        if (!parts.isEmpty()) {
            process(new Batch(together, alone, parts, shown, channel));
        }
    }

    /** Where the container gathers no batches: what was published as one is a batch, anything else is alone. */
    @Override
    public void onMessage(Message message, @Nullable Channel given) {
        ConsumerChannel channel = listening.channels().of(Objects.requireNonNull(given, "no channel"));
        if (channel.isClosed()) {
            return;
        }
        channel.delivered(message);
        Channel shown = channel.forListener(given);
        boolean known = WholeBatch.knows(message.getMessageProperties());
        if (!isWhole(message) || !deBatching && !known) {
            slowPath.deliver(new Delivery(single, message, shown, channel, acknowledged(message, channel)));
            channel.end(listening.container()::isActive);
            return;
        }
        BatchCall call = deBatching ? together : new WholeBatch(single, message.getMessageProperties());
        List<Message> parts = new ArrayList<>();
        takeApart(message, shown, channel, parts);
        if (!parts.isEmpty()) {
            process(new Batch(call, deBatching ? alone : single, parts, shown, channel));
        }
    }

    private boolean isWhole(Message message) {
        return strategy != null && strategy.canDebatch(message.getMessageProperties());
    }

    private void takeApart(Message message, Channel shown, ConsumerChannel channel, List<Message> into) {
        List<Message> parts;
        try {
            parts = parts(Objects.requireNonNull(strategy), message, message);
        } catch (RuntimeException unreadable) {
            Delivery delivery = new Delivery(single, message, shown, channel, acknowledged(message, channel));
            delivery.settlement().failed();
            listening
                    .deadLetters()
                    .take(delivery, listening.queue(delivery), Tried.notYet(), ContainerFailure.unwrapped(unreadable));
            channel.end(listening.container()::isActive);
            return;
        }
        if (parts.isEmpty()) {
            channel.ack(message.getMessageProperties().getDeliveryTag());
        }
        into.addAll(parts);
    }

    private boolean needsCare(Batch batch) {
        return listening.deadLetters().isStuck()
                || listening.doors().isShut()
                || batch.messages().stream().anyMatch(listening.replays()::isReplay);
    }

    private void process(Batch batch) {
        if (needsCare(batch)) {
            new BatchRun(batch, listening).run();
            return;
        }
        try {
            batch.attempt(batch.messages());
        } catch (Throwable thrown) {
            new BatchRun(batch, listening).runAfter(thrown);
            return;
        }
        batch.processed();
        batch.messages()
                .forEach(message -> listening
                        .queues()
                        .of(message.getMessageProperties().getConsumerQueue())
                        .processed()
                        .increment());
    }
}
