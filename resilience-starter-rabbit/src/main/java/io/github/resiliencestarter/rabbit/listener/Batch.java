package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.ArrayList;
import java.util.List;
import org.springframework.amqp.core.Message;

/**
 * Messages that were delivered together, and how they reach the listener. Those that were published as one have one delivery tag,
 * and come one after the other. Immutable.
 *
 * @param single the listener for one of them
 * @param given the channel as the listener gets it
 */
record Batch(BatchCall call, HostListener single, List<Message> messages, Channel given, ConsumerChannel channel) {

    void attempt(List<Message> part) throws Exception {
        channel.enter();
        try {
            call.attempt(part, given);
        } finally {
            channel.leave();
        }
    }

    /** All of them are processed: the broker is told so, once for each tag. */
    void processed() {
        long told = 0;
        for (Message message : messages) {
            long tag = message.getMessageProperties().getDeliveryTag();
            if (tag != told) {
                channel.processed(tag);
                told = tag;
            }
        }
    }

    List<Delivery> deliveries() {
        List<Delivery> deliveries = new ArrayList<>(messages.size());
        for (int start = 0; start < messages.size(); ) {
            long tag = tag(start);
            int end = start + 1;
            while (end < messages.size() && tag(end) == tag) {
                end++;
            }
            Settlement one = new Acknowledged(channel, tag);
            Settlement each = end - start == 1 ? one : new AcknowledgedTogether(one, end - start);
            for (int i = start; i < end; i++) {
                deliveries.add(new Delivery(single, messages.get(i), given, channel, each));
            }
            start = end;
        }
        return deliveries;
    }

    private long tag(int index) {
        return messages.get(index).getMessageProperties().getDeliveryTag();
    }
}
