package io.github.resiliencestarter.rabbit.listener;

import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.BatchMessageListener;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;

/** Which of our listeners stands around which of the host's. */
final class Listeners {

    private Listeners() {}

    /** Why none of ours fits; null if one does. */
    static @Nullable String reasonToStandBack(AbstractMessageListenerContainer container) {
        MessageListener listener = container.getMessageListener();
        if (listener == null) {
            return "it has no listener yet";
        }
        if (listener instanceof BatchMessageListener || listener instanceof ChannelAwareBatchMessageListener) {
            return "it takes whole batches";
        }
        if (listener.isAsyncReplies()) {
            return "it answers with a future";
        }
        if (container.isChannelTransacted()) {
            return "its channel is transacted";
        }
        if (container.getAcknowledgeMode() != AcknowledgeMode.AUTO) {
            return "its acknowledge mode is " + container.getAcknowledgeMode();
        }
        return null;
    }

    static MessageListener around(
            AbstractMessageListenerContainer container, Listening listening, ContainerSettings settings) {
        MessageListener host = container.getMessageListener();
        return new io.github.resiliencestarter.rabbit.listener.MessageListener(
                host, listening, new MessageRetries(listening), settings.batching());
    }
}
