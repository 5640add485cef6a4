package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.KafkaResilience;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.adapter.KafkaBackoffAwareMessageListenerAdapter;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/** Decides which containers are ours, and puts our listener and our error handler into them. Thread-safe. */
public final class ContainerProtection implements KafkaResilience {

    private static final Logger log = LoggerFactory.getLogger(ContainerProtection.class);

    private final ContainerParts parts;
    private final Set<MessageListenerContainer> seen = ConcurrentHashMap.newKeySet();

    public ContainerProtection(ContainerParts parts) {
        this.parts = parts;
    }

    @Override
    public boolean protect(MessageListenerContainer container) {
        if (!(container instanceof AbstractMessageListenerContainer<?, ?> known)) {
            return false;
        }
        synchronized (known.getContainerProperties()) {
            if (isProtected(known)) {
                return true;
            }
            String reason = reasonToStandBack(known);
            if (reason != null) {
                if (seen.add(container)) {
                    log.info("Listener {} is not protected: {}", known.getListenerId(), reason);
                }
                return false;
            }
            if (known.isRunning()) {
                throw new IllegalStateException("Listener " + known.getListenerId()
                        + " is running already. Protect its container before it is started");
            }
            put(known);
            return true;
        }
    }

    private static boolean isProtected(AbstractMessageListenerContainer<?, ?> container) {
        return container.getCommonErrorHandler() instanceof ListenerErrorHandler;
    }

    private static @Nullable String reasonToStandBack(AbstractMessageListenerContainer<?, ?> container) {
        ContainerProperties properties = container.getContainerProperties();
        Object listener = properties.getMessageListener();
        if (listener instanceof KafkaBackoffAwareMessageListenerAdapter) {
            return "its retries and dead letters are those of its @RetryableTopic";
        }
        if (container.getCommonErrorHandler() != null) {
            return "its error handler is "
                    + container.getCommonErrorHandler().getClass().getName()
                    + ". Remove that for retries in place and dead letters of this library";
        }
        if (listener instanceof ReplyingKafkaTemplate) {
            return "it receives the replies of a template";
        }
        if (isTransactional(properties)) {
            return "it has a transaction manager";
        }
        boolean isListener = listener instanceof MessageListener || listener instanceof BatchMessageListener;
        return isListener ? null : "it has no listener yet";
    }

    @SuppressWarnings("removal") // hosts may still use it
    private static boolean isTransactional(ContainerProperties properties) {
        return properties.getKafkaAwareTransactionManager() != null || properties.getTransactionManager() != null;
    }

    private <K, V> void put(AbstractMessageListenerContainer<K, V> container) {
        ContainerSettings settings = ContainerSettings.of(container);
        if (settings == null) {
            throw new IllegalStateException(
                    "Listener " + container.getListenerId()
                            + " cannot be protected: this version of Spring for Apache Kafka hides the consumer factory of a container");
        }
        if (!settings.guard()) {
            log.warn(
                    "The consumers of listener {} cannot be guarded: {} takes no post processors. The listener waits for each dead letter to be confirmed",
                    container.getListenerId(),
                    settings.factory().getClass().getName());
        }
        Listening listening = parts.listening(container, settings);
        DeadLetters deadLetters = parts.deadLetters(listening, settings);
        container.setCommonErrorHandler(new ListenerErrorHandler(listening, deadLetters));
        container.getContainerProperties().setMessageListener(Listeners.around(container, listening, deadLetters));
    }
}
