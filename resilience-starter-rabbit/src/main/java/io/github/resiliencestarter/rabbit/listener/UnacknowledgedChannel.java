package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import org.springframework.amqp.rabbit.listener.MessageAckListener;

/**
 * A channel whose messages are gone when the broker has sent them. It is never closed: nothing comes again, so what waits for its
 * next attempt is not dropped with the connection.
 */
final class UnacknowledgedChannel extends ConsumerChannel {

    UnacknowledgedChannel(Channel raw, MessageAckListener ackListener, AsideParts parts) {
        super(raw, ackListener, parts);
    }

    @Override
    void ack(long tag) {}

    @Override
    void requeue(long tag) {}

    @Override
    void close() {}
}
