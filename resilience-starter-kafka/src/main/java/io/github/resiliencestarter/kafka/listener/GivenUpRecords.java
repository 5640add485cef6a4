package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.kafka.deadletter.FailedRecords;
import io.github.resiliencestarter.kafka.deadletter.UnreadableRecordException;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.delivery.Detour;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters of what a listener gives up, and hands them over. A guarded consumer goes on at once; any other waits until
 * somebody has the letter, because the next commit would be past the record.
 *
 * @param listener the id of the container, for people
 * @param autoCommit whether the consumer commits by itself what it has polled, guarded or not
 * @param running whether the container is
 * @param patience how long a consumer that cannot go on waits before it polls
 */
record GivenUpRecords(
        FailedRecords records,
        DelayedRecords delayed,
        DeadLetterDispatch dispatch,
        String group,
        String listener,
        boolean autoCommit,
        Duration patience,
        BooleanSupplier running)
        implements DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(GivenUpRecords.class);

    private static final Duration LATER = Duration.ofSeconds(1);

    @Override
    public Outcome take(ConsumerRecord<?, ?> record, Remembered failed, @Nullable ConsumerGuard guard) {
        DeadLetter letter = letter(record, failed);
        return letter == null
                ? later(Listening.partition(record), failed.offset(), guard)
                : send(
                        letter,
                        delayed.detour(record, why(failed)),
                        Listening.partition(record),
                        failed.offset(),
                        why(failed),
                        guard);
    }

    @Override
    public void takeAside(ConsumerRecord<?, ?> record, Remembered failed, Runnable taken) {
        LettersAside.send(
                () -> {
                    DeadLetter letter = letter(record, failed);
                    return letter == null
                            ? null
                            : dispatch(letter, null, Listening.partition(record), failed.offset(), why(failed), null);
                },
                running,
                taken);
    }

    /** Null if its bytes cannot be had now. */
    private @Nullable DeadLetter letter(ConsumerRecord<?, ?> record, Remembered failed) {
        try {
            return records.letter(record, group, why(failed), failed.attempts(), failed.firstFailedAt(), Instant.now());
        } catch (UnreadableRecordException later) {
            log.warn(
                    "{} at offset {} is given up, but its bytes cannot be read again yet",
                    Listening.partition(record),
                    failed.offset(),
                    later);
            return null;
        }
    }

    private static Throwable why(Remembered failed) {
        return Objects.requireNonNull(failed.givenUp(), "not given up");
    }

    @Override
    public Outcome takeUnreadable(RecordDeserializationException unreadable, @Nullable ConsumerGuard guard) {
        DeadLetter letter = FailedRecords.letter(unreadable, group, Instant.now());
        return send(letter, null, unreadable.topicPartition(), unreadable.offset(), unreadable, guard);
    }

    private Outcome send(
            DeadLetter letter,
            @Nullable Detour detour,
            TopicPartition partition,
            long offset,
            Throwable failure,
            @Nullable ConsumerGuard guard) {
        ConsumerGuard barrier = autoCommit ? null : guard;
        Dispatch sent = dispatch(letter, detour, partition, offset, failure, barrier);
        return barrier != null || sent.await(patience) ? Outcome.TAKEN : later(partition, offset, guard);
    }

    private Dispatch dispatch(
            DeadLetter letter,
            @Nullable Detour detour,
            TopicPartition partition,
            long offset,
            Throwable failure,
            @Nullable ConsumerGuard barrier) {
        if (detour != null) {
            log.info(
                    "{} at offset {} for {} failed after {} attempts, and waits in {} until {}",
                    partition,
                    offset,
                    group,
                    letter.attempts(),
                    detour.place(),
                    detour.delay().dueAt(),
                    failure);
        } else if (barrier != null || dispatch.known(group, partition, offset) == null) {
            log.error(
                    "Gave up {} at offset {} for {} (attempts: {}); it becomes dead letter {}",
                    partition,
                    offset,
                    group,
                    letter.attempts(),
                    letter.id(),
                    failure);
        }
        return dispatch.send(letter, detour, partition, offset, barrier, listener);
    }

    private static Outcome later(TopicPartition partition, long offset, @Nullable ConsumerGuard guard) {
        if (guard == null) {
            return Outcome.REFUSED;
        }
        guard.hold(partition, offset, LATER);
        return Outcome.HELD;
    }
}
