package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.ArrayList;
import java.util.List;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.adapter.BatchMessagingMessageListenerAdapter;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/** How the host's listener takes messages together. Thread-safe if the listener is. */
@FunctionalInterface
interface BatchCall {

    void attempt(List<Message> messages, Channel channel) throws Exception;

    static BatchCall of(MessageListener listener, AdviceChain advice) {
        BatchCall call = advice.around(asItIs(listener));
        // Its own list: a listener may take out of it what it has dealt with, and what it was given is settled, or
        // comes
        // again.
        return (messages, channel) -> call.attempt(new ArrayList<>(messages), channel);
    }

    private static BatchCall asItIs(MessageListener listener) {
        if (listener instanceof BatchMessagingMessageListenerAdapter adapter) {
            return (messages, channel) -> Unconverted.watch(adapter, messages, channel);
        }
        return listener instanceof ChannelAwareMessageListener aware
                ? aware::onMessageBatch
                : (messages, channel) -> listener.onMessageBatch(messages);
    }
}
