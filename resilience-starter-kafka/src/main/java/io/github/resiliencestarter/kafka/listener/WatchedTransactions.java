package io.github.resiliencestarter.kafka.listener;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.transaction.KafkaAwareTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * The host's transaction manager, and what is to be done when the transaction of a record is committed: it has no
 * synchronizations, which would tell. Thread-safe.
 */
final class WatchedTransactions<K, V> implements KafkaAwareTransactionManager<K, V> {

    private static final ThreadLocal<@Nullable Runnable> AFTER_COMMIT = new ThreadLocal<>();

    private final KafkaAwareTransactionManager<K, V> host;

    WatchedTransactions(KafkaAwareTransactionManager<K, V> host) {
        this.host = host;
    }

    /** Forgotten if the transaction of this thread does not commit. */
    static void afterCommit(Runnable action) {
        AFTER_COMMIT.set(action);
    }

    @Override
    public ProducerFactory<K, V> getProducerFactory() {
        return host.getProducerFactory();
    }

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
        AFTER_COMMIT.remove();
        return host.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        host.commit(status);
        Runnable action = AFTER_COMMIT.get();
        AFTER_COMMIT.remove();
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void rollback(TransactionStatus status) {
        AFTER_COMMIT.remove();
        host.rollback(status);
    }
}
