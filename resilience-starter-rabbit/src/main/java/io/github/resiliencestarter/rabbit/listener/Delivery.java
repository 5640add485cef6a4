package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/**
 * One message in hand. Made only where the first attempt has failed, or the message is not to go straight to its listener.
 *
 * @param given the channel as the container has given it, which is what the host's listener gets
 */
record Delivery(
        HostListener listener,
        Message message,
        @Nullable Channel given,
        ConsumerChannel channel,
        Settlement settlement) {

    /** One attempt, while no other message of the channel is in one. */
    void attempt() throws Exception {
        channel.enter();
        try {
            listener.onMessage(message, given);
        } finally {
            channel.leave();
        }
    }

    /** That it was consumed from. */
    String queue() {
        return String.valueOf(message.getMessageProperties().getConsumerQueue());
    }

    /** For people: nothing of what the message says. */
    @Override
    public String toString() {
        return "message " + message.getMessageProperties().getDeliveryTag() + " of " + queue();
    }
}
