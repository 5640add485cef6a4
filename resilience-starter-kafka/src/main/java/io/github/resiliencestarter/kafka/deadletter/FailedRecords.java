package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.TimestampedException;

/**
 * Makes dead letters of records that were given up. The letter of a record that comes from a retry topic, a replay or another dead
 * letter topic is the letter of the record that failed first: it has the same id, and goes on counting. Thread-safe.
 */
public final class FailedRecords implements AutoCloseable {

    private final OriginalBytes bytes;
    private final LetterTraces traces;

    public FailedRecords(OriginalBytes bytes, LetterTraces traces) {
        this.bytes = bytes;
        this.traces = traces;
    }

    /**
     * @param group the consumer group that failed
     * @param failure what the listener threw; what Spring wraps around it is taken off
     * @param attempts how often the listener was called since the record was consumed this time
     * @param firstFailedAt when it failed first since then
     * @throws UnreadableRecordException if the bytes of the record must be read from the broker again, which does not answer: there
     *     is no letter yet, so the record must be held, and this be called again later
     */
    public DeadLetter letter(
            ConsumerRecord<?, ?> record,
            String group,
            Throwable failure,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt) {
        OriginalBytes.Bytes original = bytes.of(record);
        return letter(
                record,
                traces.failed(LetterHeaders.of(record.headers())),
                original.key(),
                original.value(),
                group,
                failure,
                attempts,
                firstFailedAt,
                lastFailedAt);
    }

    /** Of a record that no listener has seen, because the consumer could not deserialize it. */
    public static DeadLetter letter(RecordDeserializationException failure, String group, Instant now) {
        ConsumerRecord<?, ?> record = new ConsumerRecord<>(
                failure.topicPartition().topic(),
                failure.topicPartition().partition(),
                failure.offset(),
                failure.timestamp(),
                failure.timestampType(),
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                null,
                null,
                failure.headers(),
                Optional.empty());
        return letter(
                record,
                LetterHeaders.of(failure.headers()),
                copy(failure.keyBuffer()),
                copy(failure.valueBuffer()),
                group,
                failure,
                0,
                now,
                now);
    }

    private static DeadLetter letter(
            ConsumerRecord<?, ?> record,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value,
            String group,
            Throwable failure,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt) {
        Origin told = Origin.in(headers);
        Origin origin = told == null ? Origin.itself(record) : told;
        Source.Topic source = origin.sourceFor(group, record.topic());
        // Another group's failures are not counted for this one.
        boolean again = source.letterId().equals(headers.text(DeadLetterHeaders.ID));
        Instant first = again ? HeaderValues.time(headers, DeadLetterHeaders.FIRST_FAILED_AT) : null;
        return new DeadLetter(
                source.letterId(),
                source,
                key,
                value,
                LetterHeaders.original(headers, origin),
                Failure.of(unwrapped(failure)),
                attempts + (again ? HeaderValues.count(headers, DeadLetterHeaders.ATTEMPTS, false, 0) : 0),
                Objects.requireNonNullElse(first, firstFailedAt),
                lastFailedAt,
                again ? HeaderValues.count(headers, DeadLetterHeaders.REPLAY_COUNT, false, 0) : 0,
                again ? headers.text(DeadLetterHeaders.REPLAY_ID) : null);
    }

    /** What reads bytes again is connected. */
    @Override
    public void close() {
        bytes.close();
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable thrown = failure;
        while ((thrown instanceof ListenerExecutionFailedException || thrown instanceof TimestampedException)
                && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return thrown;
    }

    private static byte @Nullable [] copy(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : Utils.toArray(buffer.duplicate());
    }
}
