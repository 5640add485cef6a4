package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.rabbit.RabbitResilience;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/** Decides which containers are ours, puts our listener into them, and takes over their acknowledgements. Thread-safe. */
public final class ContainerProtection implements RabbitResilience, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ContainerProtection.class);

    private final ContainerParts parts;
    private final TemporaryQueues temporary;
    private final LetterBroker broker;
    private final RetryThreads threads = new RetryThreads();
    private final Set<MessageListenerContainer> seen = ConcurrentHashMap.newKeySet();

    public ContainerProtection(ContainerParts parts, TemporaryQueues temporary, LetterBroker broker) {
        this.parts = parts;
        this.temporary = temporary;
        this.broker = broker;
    }

    @Override
    public boolean protect(MessageListenerContainer container) {
        if (!(container instanceof AbstractMessageListenerContainer known)) {
            return false;
        }
        synchronized (known) {
            if (known.getMessageListener() instanceof ProtectingListener) {
                return true;
            }
            ContainerSettings settings = ContainerSettings.of(known);
            String reason = reasonToStandBack(known, settings);
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
            put(known, settings);
            return true;
        }
    }

    private @Nullable String reasonToStandBack(AbstractMessageListenerContainer container, ContainerSettings settings) {
        if (temporary.areAll(List.of(container.getQueueNames()))) {
            return "its queues are exclusive, deleted when nobody consumes them, or not durable, and have no dead letter queue."
                    + " Listen to a durable one for retries and dead letters of this library";
        }
        if (settings.retries() != null) {
            return "its advice chain has retries, "
                    + settings.retries().getClass().getName()
                    + ". Remove spring.rabbitmq.listener.*.retry.enabled, or the advice, for retries and dead letters of this library";
        }
        if (settings.ownErrorHandler() != null) {
            return "its error handler is "
                    + settings.ownErrorHandler().getClass().getName()
                    + ". Remove that for retries and dead letters of this library";
        }
        if (settings.transactionManager() != null) {
            return "it has a transaction manager. Annotate the listener with @Transactional instead";
        }
        if (!container.isExposeListenerChannel()
                && container.getMessageListener() instanceof ChannelAwareMessageListener) {
            return "its listener is not given the channel that it consumes on. Remove exposeListenerChannel=false";
        }
        String elsewhere = broker.reasonToStandBack(container);
        return elsewhere == null ? Listeners.reasonToStandBack(container) : elsewhere;
    }

    private void put(AbstractMessageListenerContainer container, ContainerSettings settings) {
        Listening listening = parts.listening(container, settings, threads);
        if (settings.acknowledging() == Acknowledging.BY_BROKER) {
            log.warn(
                    "Listener {} has acknowledge mode NONE: a message that waits for its next attempt is lost when the service"
                            + " ends. Set its acknowledge mode to AUTO",
                    container.getListenerId());
        }
        if (settings.acknowledging() == Acknowledging.IN_TRANSACTION
                && container instanceof SimpleMessageListenerContainer simple
                && !simple.isConsumerBatchEnabled()) {
            // Several in one transaction would be undone by the failure of one of them.
            simple.setBatchSize(1);
        }
        if (!Listeners.isBatch(container.getMessageListener())) {
            container.setAfterReceivePostProcessors();
        }
        ContainerSettings.takeAdviceOff(container);
        container.setMessageListener(Listeners.around(container, listening, settings));
        container.setExposeListenerChannel(true);
        container.setDeBatchingEnabled(false);
        container.setAcknowledgeMode(settings.acknowledging().container());
    }

    /**
     * Waits until no attempt is under way, when all containers have stopped: messages that have waited aside are not tried on the
     * threads that the containers wait for.
     */
    public void awaitIdle(Duration most) {
        if (!threads.awaitIdle(most)) {
            log.warn("After {} a message is still being processed. It was not acknowledged, and comes again", most);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
