package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.listener.DeadLetters.Outcome;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What happens to a record whose transaction was rolled back: it is tried again in a new one, after a wait in which its partition
 * is held and the others go on; or it is given up, and its letter and its offset commit together. Thread-safe.
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

    AfterRollback(Listening listening, TransactionalLetters letters) {
        this.listening = listening;
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
        failed(records.get(0), exception, consumer);
    }

    private static void seekBack(List<? extends ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> first = new HashMap<>();
        records.forEach(record -> first.putIfAbsent(Listening.partition(record), record.offset()));
        first.keySet().retainAll(consumer.assignment());
        first.forEach(consumer::seek);
    }

    private void failed(ConsumerRecord<K, V> record, Exception exception, Consumer<K, V> consumer) {
        TopicPartition partition = Listening.partition(record);
        Remembered known = memory.find(partition, record.offset());
        if (known != null && known.givenUp() != null) {
            giveUp(record, known, consumer);
            return;
        }
        Throwable failure = Thrown.unwrapped(exception);
        if (failure instanceof NotYet) {
            holdBack(record, consumer);
            return;
        }
        if (!TransactionFailure.isOfRecord(exception)) {
            log.warn(
                    "The transaction of {} at offset {} failed, and is tried again",
                    partition,
                    record.offset(),
                    failure);
            hold(record, consumer, BROKER);
            return;
        }
        ClosedDoor closed = listening.doors().failed(record, failure);
        if (closed != null) {
            // No attempt, because it says nothing about the record.
            if (closed.isBusy()) {
                hold(record, consumer, BUSY);
            } else {
                holdBack(record, consumer);
            }
            return;
        }
        Remembered failed = known == null ? Remembered.firstTime(record.offset()) : known.again();
        RetryPolicy retry = listening.topic(record).retry();
        if (retry.allows(failed.attempts(), failure)) {
            listening.observer().retried(listening.source(record), failed.attempts(), failure);
            memory.put(partition, failed.dueAt(0, null));
            hold(record, consumer, retry.waitAfter(failed.attempts()));
        } else {
            giveUp(record, failed.givenUp(failure), consumer);
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
            consumer.seek(partition, record.offset() + 1);
            return;
        }
        if (givenUp.pause() == null) {
            Pause pause = letters.pause(record);
            memory.put(partition, givenUp.told(pause));
            listening.observer().paused(pause);
        }
        hold(record, consumer, letters.again());
    }

    /** Until the circuit lets it through. */
    private void holdBack(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        ConsumerGuard guard = listening.guard(consumer);
        if (guard == null) {
            listening.patience().sleepsAtMost(BROKER);
        } else {
            listening.doors().holdBack(guard, List.of(record));
        }
    }

    private void hold(ConsumerRecord<K, V> record, Consumer<K, V> consumer, Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            return;
        }
        ConsumerGuard guard = listening.guard(consumer);
        if (guard != null) {
            guard.hold(Listening.partition(record), record.offset(), wait);
        } else {
            listening.patience().sleepsAtMost(wait);
        }
    }
}
