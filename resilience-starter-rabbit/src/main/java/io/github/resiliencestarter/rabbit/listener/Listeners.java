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
        if (container.isChannelTransacted() && listener.isAsyncReplies()) {
            return "it answers with a future, and its channel is transacted: the transaction would end before the future."
                    + " Remove channelTransacted";
        }
        if (container.isChannelTransacted() && container.getAcknowledgeMode() == AcknowledgeMode.MANUAL) {
            return "its acknowledge mode is MANUAL, and its channel is transacted: a rollback would undo what it has"
                    + " acknowledged. Set its acknowledge mode to AUTO";
        }
        return null;
    }

    static boolean isBatch(MessageListener listener) {
        return listener instanceof BatchMessageListener || listener instanceof ChannelAwareBatchMessageListener;
    }

    static MessageListener around(
            AbstractMessageListenerContainer container, Listening listening, ContainerSettings settings) {
        MessageListener host = container.getMessageListener();
        MessageRetries retries = new MessageRetries(listening);
        if (listening.acknowledging() == Acknowledging.WHEN_COMPLETED) {
            listening.asyncFailures().handledBy(host, settings, listening, retries);
        }
        if (isBatch(host)) {
            return new BatchListener(host, listening, retries, settings);
        }
        return new io.github.resiliencestarter.rabbit.listener.MessageListener(host, listening, retries, settings);
    }
}
