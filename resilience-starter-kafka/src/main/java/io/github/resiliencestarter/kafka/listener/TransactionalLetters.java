package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.FailedRecords;
import io.github.resiliencestarter.kafka.deadletter.LetterTransactions;
import io.github.resiliencestarter.kafka.deadletter.UnreadableRecordException;
import io.github.resiliencestarter.kafka.listener.DeadLetters.Outcome;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.delivery.Detour;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ladder for records of transactions: the letter and the offset in one transaction; where the broker does not take the letter,
 * the letter to the store, and then the offset; else neither, and later again. Thread-safe.
 *
 * @param listener the id of the container, for people
 */
record TransactionalLetters(
        FailedRecords records,
        DelayedRecords delayed,
        LetterTransactions transactions,
        Supplier<@Nullable DeadLetterStore> store,
        MessageObserver observer,
        String group,
        String listener) {

    private static final Logger log = LoggerFactory.getLogger(TransactionalLetters.class);

    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** @return whether the record is in safety, and committed */
    Outcome take(ConsumerRecord<?, ?> record, Remembered failed, Consumer<?, ?> consumer) {
        Throwable failure = failed.givenUp();
        if (failure == null) {
            throw new IllegalStateException("Offset " + failed.offset() + " is not given up");
        }
        try {
            DeadLetter letter =
                    records.letter(record, group, failure, failed.attempts(), failed.firstFailedAt(), Instant.now());
            return take(letter, record, failed, consumer);
        } catch (UnreadableRecordException later) {
            log.warn(
                    "{} at offset {} is given up, but its bytes cannot be read again yet",
                    Listening.partition(record),
                    record.offset(),
                    later);
            return Outcome.HELD;
        }
    }

    private Outcome take(DeadLetter letter, ConsumerRecord<?, ?> record, Remembered failed, Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(Listening.partition(record), new OffsetAndMetadata(record.offset() + 1));
        if (delays(letter, record, failed, next, consumer)) {
            return Outcome.TAKEN;
        }
        try {
            transactions.deadLetter(letter, next, consumer.groupMetadata());
        } catch (RuntimeException refused) {
            if (!park(letter, next, consumer, refused)) {
                observer.undeliverable(letter, refused);
                return Outcome.HELD;
            }
        }
        log.error(
                "Gave up {} at offset {} for {} after {} attempts; it is dead letter {}",
                Listening.partition(record),
                record.offset(),
                group,
                letter.attempts(),
                letter.id(),
                failed.givenUp());
        observer.deadLettered(letter);
        return Outcome.TAKEN;
    }

    /** @return false if it is a dead letter, because there is no retry topic for it, or none that takes it */
    private boolean delays(
            DeadLetter letter,
            ConsumerRecord<?, ?> record,
            Remembered failed,
            Map<TopicPartition, OffsetAndMetadata> next,
            Consumer<?, ?> consumer) {
        Detour detour = failed.givenUp() == null ? null : delayed.detour(record, failed.givenUp());
        if (detour == null) {
            return false;
        }
        try {
            transactions.delay(letter, detour.delay(), detour.place(), next, consumer.groupMetadata());
        } catch (RuntimeException refused) {
            log.warn("{} does not take letter {}, which is a dead one now", detour.place(), letter.id(), refused);
            return false;
        }
        observer.delayed(letter, detour.delay().duration());
        return true;
    }

    private boolean park(
            DeadLetter letter,
            Map<TopicPartition, OffsetAndMetadata> next,
            Consumer<?, ?> consumer,
            RuntimeException refused) {
        try {
            DeadLetterStore known = store.get();
            if (known == null) {
                return false;
            }
            DeadLetterStore.Parked how = known.park(letter);
            transactions.commit(next, consumer.groupMetadata());
            observer.parked(letter, how);
            return true;
        } catch (RuntimeException alsoRefused) {
            refused.addSuppressed(alsoRefused);
            return false;
        }
    }

    Pause pause(ConsumerRecord<?, ?> record) {
        return new Pause(
                listener,
                record.topic(),
                Pause.Reason.UNDELIVERABLE,
                "neither the broker nor the store takes dead letters of " + Listening.partition(record),
                Instant.now());
    }

    /** After which a letter that nobody takes is tried again. */
    Duration again() {
        return AGAIN;
    }
}
