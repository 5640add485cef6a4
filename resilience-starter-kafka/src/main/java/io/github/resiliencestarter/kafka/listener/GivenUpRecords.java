package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.kafka.deadletter.Dispatch;
import io.github.resiliencestarter.kafka.deadletter.FailedRecords;
import io.github.resiliencestarter.kafka.deadletter.UnreadableRecordException;
import io.github.resiliencestarter.messaging.DeadLetter;
import java.time.Duration;
import java.time.Instant;
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
 * @param patience how long a consumer that cannot go on waits before it polls
 */
record GivenUpRecords(
        FailedRecords records,
        DeadLetterDispatch dispatch,
        String group,
        String listener,
        boolean autoCommit,
        Duration patience)
        implements DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(GivenUpRecords.class);

    private static final Duration LATER = Duration.ofSeconds(1);

    @Override
    public Outcome take(ConsumerRecord<?, ?> record, Remembered failed, @Nullable ConsumerGuard guard) {
        TopicPartition partition = Listening.partition(record);
        Throwable failure = failed.givenUp();
        if (failure == null) {
            throw new IllegalStateException(partition + " at offset " + failed.offset() + " is not given up");
        }
        DeadLetter letter;
        try {
            letter = records.letter(record, group, failure, failed.attempts(), failed.firstFailedAt(), Instant.now());
        } catch (UnreadableRecordException later) {
            log.warn(
                    "{} at offset {} is given up, but its bytes cannot be read again yet",
                    partition,
                    failed.offset(),
                    later);
            return later(partition, failed.offset(), guard);
        }
        return send(letter, partition, failed.offset(), failure, guard);
    }

    @Override
    public Outcome takeUnreadable(RecordDeserializationException unreadable, @Nullable ConsumerGuard guard) {
        DeadLetter letter = FailedRecords.letter(unreadable, group, Instant.now());
        return send(letter, unreadable.topicPartition(), unreadable.offset(), unreadable, guard);
    }

    private Outcome send(
            DeadLetter letter,
            TopicPartition partition,
            long offset,
            Throwable failure,
            @Nullable ConsumerGuard guard) {
        ConsumerGuard barrier = autoCommit ? null : guard;
        if (barrier != null || dispatch.known(group, partition, offset) == null) {
            log.error(
                    "Gave up {} at offset {} for {} (attempts: {}); it becomes dead letter {}",
                    partition,
                    offset,
                    group,
                    letter.attempts(),
                    letter.id(),
                    failure);
        }
        Dispatch sent = dispatch.send(letter, partition, offset, barrier, listener);
        return barrier != null || sent.await(patience) ? Outcome.TAKEN : later(partition, offset, guard);
    }

    private static Outcome later(TopicPartition partition, long offset, @Nullable ConsumerGuard guard) {
        if (guard == null) {
            return Outcome.REFUSED;
        }
        guard.hold(partition, offset, LATER);
        return Outcome.HELD;
    }
}
