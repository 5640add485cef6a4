package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.KafkaResilience;
import io.github.resiliencestarter.kafka.deadletter.FailedRecords;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.adapter.KafkaBackoffAwareMessageListenerAdapter;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/** Decides which containers are ours, and puts our listener and our error handler into them. Thread-safe. */
public final class ContainerProtection implements KafkaResilience, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ContainerProtection.class);

    private final ContainerParts parts;
    private final TransactionProtection transactions;
    private final DelayedConsumers delayed;
    private final LetterBroker broker;
    private final Set<MessageListenerContainer> seen = ConcurrentHashMap.newKeySet();

    public ContainerProtection(
            ContainerParts parts, TransactionProtection transactions, DelayedConsumers delayed, LetterBroker broker) {
        this.parts = parts;
        this.delayed = delayed;
        this.transactions = transactions;
        this.broker = broker;
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

    /** When the containers have stopped. */
    @Override
    public void close() {
        parts.open().forEach(FailedRecords::close);
    }

    private static boolean isProtected(AbstractMessageListenerContainer<?, ?> container) {
        return container.getCommonErrorHandler() instanceof ListenerErrorHandler
                || (AfterRollbackProcessor<?, ?>) container.getAfterRollbackProcessor() instanceof AfterRollback;
    }

    private @Nullable String reasonToStandBack(AbstractMessageListenerContainer<?, ?> container) {
        ContainerProperties properties = container.getContainerProperties();
        Object listener = Listeners.unadvised(properties.getMessageListener());
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
        if (hasOtherTransactions(properties)) {
            return "its transaction manager is not one for Kafka. Annotate the listener with @Transactional instead";
        }
        if (isTransactional(properties) && HostRollback.isOwn(container.getAfterRollbackProcessor())) {
            return "its after rollback processor is "
                    + container.getAfterRollbackProcessor().getClass().getName()
                    + ". Remove that for retries and dead letters of this library";
        }
        if (isTransactional(properties) && listener instanceof BatchMessageListener && !isGuarded(container)) {
            return "it takes whole batches in transactions, and its consumers cannot be guarded, because their factory takes no post"
                    + " processors. Let it take single records";
        }
        boolean isListener = listener instanceof MessageListener || listener instanceof BatchMessageListener;
        return isListener ? broker.reasonToStandBack(container) : "it has no listener yet";
    }

    private static boolean isGuarded(AbstractMessageListenerContainer<?, ?> container) {
        ContainerSettings settings = ContainerSettings.of(container);
        return settings != null && settings.guard();
    }

    private static boolean isTransactional(ContainerProperties properties) {
        return properties.getKafkaAwareTransactionManager() != null;
    }

    @SuppressWarnings("removal") // hosts may still use it
    private static boolean hasOtherTransactions(ContainerProperties properties) {
        return !isTransactional(properties) && properties.getTransactionManager() != null;
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
        // While it has its own listener, which the consumer of its retry topics calls as well.
        delayed.add(container, listening, parts, settings, this::put);
        put(container, listening, settings);
    }

    private <K, V> void put(
            AbstractMessageListenerContainer<K, V> container, Listening listening, ContainerSettings settings) {
        DelayedRecords waiting = delayed.records(listening);
        Interceptors.protect(container, listening);
        // It stands around the host's listener already; around ours as well, it would see each record twice.
        container.getContainerProperties().setAdviceChain();
        if (isTransactional(container.getContainerProperties())) {
            transactions.put(container, listening, parts, settings, waiting);
            return;
        }
        DeadLetters deadLetters = parts.deadLetters(listening, settings, waiting);
        container.setCommonErrorHandler(new ListenerErrorHandler(listening, deadLetters));
        container.getContainerProperties().setMessageListener(Listeners.around(container, listening, deadLetters));
    }
}
