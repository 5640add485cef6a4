package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.KafkaDeadLetterTransport;
import io.github.resiliencestarter.kafka.deadletter.LetterTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.transaction.KafkaAwareTransactionManager;

/** Puts our processing after a rollback into containers with a transaction manager for Kafka. Thread-safe. */
public final class TransactionProtection implements AutoCloseable {

    private final KafkaDeadLetterTransport transport;
    private final Duration sendTimeout;
    private final Map<ProducerFactory<?, ?>, LetterTransactions> transactions = new ConcurrentHashMap<>();

    /** @param sendTimeout how long the broker may take to confirm a dead letter */
    public TransactionProtection(KafkaDeadLetterTransport transport, Duration sendTimeout) {
        this.transport = transport;
        this.sendTimeout = sendTimeout;
    }

    <K, V> void put(
            AbstractMessageListenerContainer<K, V> container,
            Listening listening,
            ContainerParts parts,
            ContainerSettings settings,
            DelayedRecords delayed) {
        ContainerProperties properties = container.getContainerProperties();
        KafkaAwareTransactionManager<?, ?> host = Objects.requireNonNull(properties.getKafkaAwareTransactionManager());
        LetterTransactions letters = of(host.getProducerFactory());
        letters.prepare();
        // Where a producer is fenced, the container would go on with the next poll: past what it has not processed.
        properties.setStopContainerWhenFenced(true);
        properties.setKafkaAwareTransactionManager(new WatchedTransactions<>(host));
        BatchCuts cuts = new BatchCuts(listening.memory(), listening.doors());
        container.setAfterRollbackProcessor(new AfterRollback<>(
                listening,
                new TransactionalLetters(
                        parts.failedRecords(settings),
                        delayed,
                        letters,
                        parts.store(),
                        parts.observer(),
                        listening.group(),
                        container.getListenerId()),
                cuts));
        properties.setMessageListener(Listeners.inTransactions(container, listening, cuts));
    }

    private LetterTransactions of(ProducerFactory<?, ?> producers) {
        return transactions.computeIfAbsent(
                producers,
                factory -> new LetterTransactions(
                        transport,
                        factory.getConfigurationProperties(),
                        Objects.requireNonNullElse(factory.getTransactionIdPrefix(), ""),
                        sendTimeout));
    }

    @Override
    public void close() {
        List<LetterTransactions> all = new ArrayList<>(transactions.values());
        all.forEach(LetterTransactions::close);
    }
}
