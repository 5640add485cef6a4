package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Stands around the host's listener for batches that runs in a transaction of its container: one attempt for each, as in
 * {@link TransactionAttempts}. What comes after a failure is the business of {@link AfterRollback}. Thread-safe.
 */
final class TransactionalBatchListener<K, V> extends AroundBatchListener<K, V> {

    private final Listening listening;
    private final BatchCuts cuts;

    TransactionalBatchListener(BatchMessageListener<K, V> listener, Listening listening, BatchCuts cuts) {
        super(listener, listening);
        this.listening = listening;
        this.cuts = cuts;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<K, V>> batch, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        ConsumerGuard guard = ConsumerGuard.of(consumer);
        if (guard != null) {
            guard.filter(cuts);
        }
        List<ConsumerRecord<K, V>> wanted = wanted(batch);
        if (!listening.doors().admits()) {
            throw Thrown.forContainer(new NotYet());
        }
        BatchAcknowledgment<K, V> whole = BatchAcknowledgment.of(acknowledgment, batch);
        BatchAcknowledgment<K, V>.@Nullable Part part = whole == null ? null : whole.part(wanted, () -> {});
        attempt(wanted, part, consumer);
        wanted.forEach(listening.doors()::passed);
        if (part != null && part.isNacked()) {
            return;
        }
        if (whole != null && part != null) {
            part.processed();
            whole.end();
        }
        // Not before: if the commit fails the records come again, and must not be taken for processed then.
        WatchedTransactions.afterCommit(() -> processed(batch, wanted));
    }

    /** Without what is not for us. */
    private List<ConsumerRecord<K, V>> wanted(List<ConsumerRecord<K, V>> batch) {
        List<ConsumerRecord<K, V>> wanted = new ArrayList<>(batch.size());
        for (ConsumerRecord<K, V> record : batch) {
            Remembered known = listening.memory().isEmpty()
                    ? null
                    : listening.memory().find(Listening.partition(record), record.offset());
            Throwable why = known == null || known.givenUp() == null ? Undeserialized.failure(record) : known.givenUp();
            if (why != null) {
                // Its letter is sent outside of this transaction.
                throw named("The record is given up", why, record);
            }
            if (known != null || !listening.replays().isNotForUs(record, listening.source(record))) {
                wanted.add(record);
            }
        }
        return wanted;
    }

    private void attempt(
            List<ConsumerRecord<K, V>> wanted, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        if (wanted.isEmpty()) {
            return;
        }
        try {
            call.attempt(wanted, acknowledgment, consumer);
        } catch (Throwable thrown) {
            Throwable failure = Thrown.bearable(thrown);
            int index = call.failed(failure, wanted);
            // By record, because the container may have more of them than the listener was given.
            throw index < 0
                    ? Thrown.forContainer(failure)
                    : named("The listener failed", FailedIndex.cause(failure), wanted.get(index));
        }
    }

    private static RuntimeException named(String message, Throwable why, ConsumerRecord<?, ?> record) {
        return Thrown.forContainer(new BatchListenerFailedException(message, why, record));
    }

    private void processed(List<ConsumerRecord<K, V>> batch, List<ConsumerRecord<K, V>> wanted) {
        cuts.passed(batch);
        for (ConsumerRecord<K, V> record : wanted) {
            listening.memory().forget(Listening.partition(record), record.offset());
            listening.replays().processed(record, listening.source(record));
        }
        listening.processed(wanted);
    }
}
