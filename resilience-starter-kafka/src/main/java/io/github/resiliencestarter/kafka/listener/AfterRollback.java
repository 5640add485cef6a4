package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.listener.DeadLetters.Outcome;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What happens to a record whose transaction was rolled back: it is tried again in a new one, after a wait in which its partition
 * is held and the others go on; or it is given up, and its letter and its offset commit together. A batch is tried again as a
 * whole, and then in parts, until what is given up is alone. Thread-safe.
 */
final class AfterRollback<K, V> implements AfterRollbackProcessor<K, V> {

    private static final Logger log = LoggerFactory.getLogger(AfterRollback.class);

    /** When a transaction is tried again that has failed for no fault of its record. */
    private static final Duration BROKER = Duration.ofSeconds(1);

    /** When it is tried again whether there is room. */
    private static final Duration BUSY = Duration.ofMillis(200);

    private final Listening listening;
    private final TransactionalLetters letters;
    private final RetryMemory memory;
    private final BatchCuts cuts;

    AfterRollback(Listening listening, TransactionalLetters letters, BatchCuts cuts) {
        this.listening = listening;
        this.cuts = cuts;
        this.letters = letters;
        this.memory = listening.memory();
    }

    /** What was rolled back, and what was fetched after it, is read again: the container forgets it. */
    @Override
    public void process(
            List<ConsumerRecord<K, V>> records,
            Consumer<K, V> consumer,
            @Nullable MessageListenerContainer container,
            Exception exception,
            boolean recoverable,
            EOSMode eosMode) {
        // First of all: whatever goes wrong from here on, nothing is passed over.
        seekBack(records, consumer);
        failed(records.subList(0, 1), exception, consumer);
    }

    /** Nothing of the batch is committed, whichever of its records has failed. */
    @Override
    public void processBatch(
            ConsumerRecords<K, V> records,
            List<ConsumerRecord<K, V>> recordList,
            Consumer<K, V> consumer,
            @Nullable MessageListenerContainer container,
            Exception exception,
            boolean recoverable,
            EOSMode eosMode) {
        seekBack(recordList, consumer);
        failed(recordList, exception, consumer);
    }

    private static void seekBack(List<? extends ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> first = new HashMap<>();
        records.forEach(record -> first.putIfAbsent(Listening.partition(record), record.offset()));
        first.keySet().retainAll(consumer.assignment());
        first.forEach(consumer::seek);
    }

    /** @param batch what the transaction was for; one record, unless the listener takes more */
    private void failed(List<ConsumerRecord<K, V>> batch, Exception exception, Consumer<K, V> consumer) {
        Throwable failure = Thrown.unwrapped(exception);
        int index = FailedIndex.named(failure, batch);
        ConsumerRecord<K, V> record = batch.get(Math.max(index, 0));
        Remembered known = memory.find(Listening.partition(record), record.offset());
        if (known != null && known.givenUp() != null) {
            giveUp(record, known, batch, consumer);
            return;
        }
        List<ConsumerRecord<K, V>> firsts = Chunk.firstOfEachPartition(batch);
        if (failure instanceof NotYet) {
            holdBack(firsts, consumer);
            return;
        }
        if (!TransactionFailure.isOfRecord(exception)) {
            log.warn(
                    "The transaction of {} at offset {} failed, and is tried again",
                    Listening.partition(record),
                    record.offset(),
                    failure);
            hold(firsts, consumer, BROKER);
            return;
        }
        ClosedDoor closed = listening.doors().failed(record, failure);
        if (closed != null) {
            // No attempt, because it says nothing about the record.
            if (closed.isBusy()) {
                hold(firsts, consumer, BUSY);
            } else {
                holdBack(firsts, consumer);
            }
        } else if (index >= 0 || batch.size() == 1) {
            failedAt(record, FailedIndex.cause(failure), batch, consumer);
        } else {
            failedTogether(batch, firsts, failure, consumer);
        }
    }

    /** This is the record that has failed. */
    private void failedAt(
            ConsumerRecord<K, V> record, Throwable failure, List<ConsumerRecord<K, V>> batch, Consumer<K, V> consumer) {
        TopicPartition partition = Listening.partition(record);
        Remembered known = memory.find(partition, record.offset());
        Remembered before = known == null && batch.size() == 1 ? cuts.failed(record) : known;
        Remembered failed = before == null ? Remembered.firstTime(record.offset()) : before.again();
        if (allows(record, failed, failure)) {
            memory.put(partition, failed);
            hold(
                    batch.stream()
                            .filter(each -> Listening.partition(each).equals(partition))
                            .limit(1)
                            .toList(),
                    consumer,
                    wait(record, failed));
        } else {
            giveUp(record, failed.givenUp(failure), batch, consumer);
        }
    }

    /** Nobody knows which of them. */
    private void failedTogether(
            List<ConsumerRecord<K, V>> batch,
            List<ConsumerRecord<K, V>> firsts,
            Throwable failure,
            Consumer<K, V> consumer) {
        if (cuts.halve(batch)) {
            return;
        }
        ConsumerRecord<K, V> first = firsts.get(0);
        Remembered before = mostAttempts(batch);
        Remembered failed = before == null ? Remembered.firstTime(first.offset()) : before.again();
        if (allows(first, failed, failure)) {
            firsts.forEach(record -> memory.put(Listening.partition(record), failed.of(record.offset())));
            hold(firsts, consumer, wait(first, failed));
        } else {
            cuts.start(batch, failed);
        }
    }

    /** They may come again in other company. */
    private @Nullable Remembered mostAttempts(List<ConsumerRecord<K, V>> batch) {
        return batch.stream()
                .map(record -> memory.find(Listening.partition(record), record.offset()))
                .filter(Objects::nonNull)
                .max(Comparator.comparingInt(Remembered::attempts))
                .orElse(null);
    }

    private boolean allows(ConsumerRecord<K, V> record, Remembered failed, Throwable failure) {
        boolean allowed = listening.topic(record).retry().allows(failed.attempts(), failure);
        if (allowed) {
            listening.observer().retried(listening.source(record), failed.attempts(), failure);
        }
        return allowed;
    }

    private Duration wait(ConsumerRecord<K, V> record, Remembered failed) {
        return listening.topic(record).retry().waitAfter(failed.attempts());
    }

    /** What was before it in its batch was rolled back with it: then it comes once more, alone. */
    private void giveUp(
            ConsumerRecord<K, V> record,
            Remembered givenUp,
            List<ConsumerRecord<K, V>> batch,
            Consumer<K, V> consumer) {
        if (batch.size() == 1) {
            giveUp(record, givenUp, consumer);
        } else {
            memory.put(Listening.partition(record), givenUp);
        }
    }

    private void giveUp(ConsumerRecord<K, V> record, Remembered givenUp, Consumer<K, V> consumer) {
        TopicPartition partition = Listening.partition(record);
        // Before anything is sent: from now on the listener is not called for it any more, whatever becomes of the
        // letter.
        memory.put(partition, givenUp);
        if (letters.take(record, givenUp, consumer) == Outcome.TAKEN) {
            listening.resumed(givenUp.pause());
            memory.forget(partition, record.offset());
            cuts.passed(List.of(record));
            consumer.seek(partition, record.offset() + 1);
            return;
        }
        if (givenUp.pause() == null) {
            Pause pause = letters.pause(record);
            memory.put(partition, givenUp.told(pause));
            listening.observer().paused(pause);
        }
        hold(List.of(record), consumer, letters.again());
    }

    /** Until the circuit lets it through. */
    private void holdBack(List<ConsumerRecord<K, V>> records, Consumer<K, V> consumer) {
        ConsumerGuard guard = listening.guard(consumer);
        if (guard == null) {
            listening.patience().sleepsAtMost(BROKER);
        } else {
            listening.doors().holdBack(guard, records);
        }
    }

    private void hold(List<ConsumerRecord<K, V>> records, Consumer<K, V> consumer, Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            return;
        }
        ConsumerGuard guard = listening.guard(consumer);
        if (guard != null) {
            records.forEach(record -> guard.hold(Listening.partition(record), record.offset(), wait));
        } else {
            listening.patience().sleepsAtMost(wait);
        }
    }
}
