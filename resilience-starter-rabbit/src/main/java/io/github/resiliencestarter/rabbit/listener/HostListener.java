package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/** The host's listener, called in the same way whether it wants the channel or not. Thread-safe if the listener is. */
@FunctionalInterface
interface HostListener {

    void onMessage(Message message, @Nullable Channel channel) throws Exception;

    static HostListener of(MessageListener listener, AdviceChain advice) {
        return advice.around(of(listener));
    }

    private static HostListener of(MessageListener listener) {
        return listener instanceof ChannelAwareMessageListener aware
                ? aware::onMessage
                : (message, channel) -> listener.onMessage(message);
    }
}
