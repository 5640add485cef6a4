package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;

/** What becomes of messages whose listener has answered with a future that fails: they are tried again as others are. Thread-safe. */
final class AsyncFailures {

    private record Handled(HostListener listener, Listening listening, SlowPath retries) {}

    private volatile @Nullable Handled handled;

    /** Who calls the listener again; to be said before the container starts. */
    void handledBy(MessageListener host, ContainerSettings settings, Listening listening, SlowPath retries) {
        BatchCall together = BatchCall.of(host, settings.advice());
        HostListener listener = Listeners.isBatch(host)
                ? (message, channel) -> together.attempt(List.of(message), Objects.requireNonNull(channel))
                : settings.processors().before(HostListener.of(host, settings.advice()));
        handled = new Handled(listener, listening, retries);
        FailureReasons.listenTo(host);
    }

    /** @param messages several if they were published as one; then none is tried again, because their tag is settled with the last */
    void failed(AsyncChannel channel, List<Message> messages, Tried before, Throwable failure) {
        Handled by = Objects.requireNonNull(handled, "nobody handles failures");
        Channel shown = Objects.requireNonNull(channel.shown(), "no message yet");
        Settlement one =
                new Acknowledged(channel, messages.get(0).getMessageProperties().getDeliveryTag());
        if (messages.size() == 1) {
            by.retries.afterLateFailure(
                    new Delivery(by.listener, messages.get(0), shown, channel, one), before, failure);
            return;
        }
        Settlement each = new AcknowledgedTogether(one, messages.size());
        for (Message message : messages) {
            Delivery delivery = new Delivery(by.listener, message, shown, channel, each);
            delivery.settlement().failed();
            by.listening.deadLetters().take(delivery, by.listening.queue(delivery), before.again(), failure);
        }
    }
}
