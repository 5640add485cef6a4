package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/**
 * Records of dead letter topics as letters, whoever has written them. What a header does not tell, or tells in a way that cannot
 * be read, is made neutral: a letter that nobody can explain is still a letter, and must not stop those behind it.
 */
record ReceivedLetters(DeadLetterNames names) {

    private static final String UNKNOWN = "unknown";
    /** What is longer than a store has room for was not written by anybody who meant it. */
    private static final int MAX_ID = 100;

    private static final int MAX_FINGERPRINT = 64;
    private static final int MAX_CLASS = 500;

    DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = LetterHeaders.of(record.headers());
        Origin told = Origin.in(headers);
        Origin origin = told == null ? placeOf(record, headers) : told;
        String group = origin.group() == null ? UNKNOWN : origin.group();
        Source.Topic source = new Source.Topic(group, origin.topic(), origin.partition(), origin.offset());
        Instant written = HeaderValues.possible(Instant.ofEpochMilli(record.timestamp()));
        Instant sent = Objects.requireNonNullElseGet(written, Instant::now);
        Instant last = HeaderValues.time(headers, DeadLetterHeaders.LAST_FAILED_AT);
        Instant first = HeaderValues.time(headers, DeadLetterHeaders.FIRST_FAILED_AT);
        Instant lastFailedAt = Objects.requireNonNullElse(last, sent);
        return new DeadLetter(
                source.letterId(),
                source,
                record.key(),
                record.value(),
                LetterHeaders.original(headers, origin),
                failure(headers),
                attempts(headers),
                Objects.requireNonNullElse(first, lastFailedAt),
                lastFailedAt,
                HeaderValues.count(headers, DeadLetterHeaders.REPLAY_COUNT, false, 0),
                HeaderValues.text(headers, DeadLetterHeaders.REPLAY_ID, MAX_ID));
    }

    /** Somebody has put it there without a word: then its place is the only one that it has. */
    private Origin placeOf(ConsumerRecord<byte[], byte[]> record, Headers headers) {
        String group = HeaderValues.text(headers, DeadLetterHeaders.GROUP, Origin.MAX_GROUP);
        return new Origin(group, names.sourceOf(record.topic()), record.partition(), record.offset(), -1, "");
    }

    private static Failure failure(Headers headers) {
        String exception = first(headers, dialect -> dialect.exception, MAX_CLASS);
        String cause = first(headers, dialect -> dialect.cause, MAX_CLASS);
        // What Spring wraps around each failure says nothing about it.
        boolean wrapped = exception == null || exception.equals(ListenerExecutionFailedException.class.getName());
        String thrown = wrapped && cause != null ? cause : Objects.requireNonNullElse(exception, UNKNOWN);
        Failure failure = Failure.parsed(
                thrown,
                first(headers, dialect -> dialect.message, Integer.MAX_VALUE),
                first(headers, dialect -> dialect.stackTrace, Integer.MAX_VALUE));
        String fingerprint = HeaderValues.text(headers, DeadLetterHeaders.FINGERPRINT, MAX_FINGERPRINT);
        return fingerprint == null
                ? failure
                : new Failure(failure.exception(), failure.message(), failure.stackTrace(), fingerprint);
    }

    private static @Nullable String first(Headers headers, Function<HeaderDialect, @Nullable String> name, int most) {
        for (HeaderDialect dialect : HeaderDialect.values()) {
            String text = HeaderValues.text(headers, name.apply(dialect), most);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static int attempts(Headers headers) {
        int ours = HeaderValues.count(headers, DeadLetterHeaders.ATTEMPTS, false, -1);
        if (ours >= 0) {
            return ours;
        }
        int attempts = 0;
        for (HeaderDialect dialect : HeaderDialect.values()) {
            attempts = attempts > 0 ? attempts : HeaderValues.count(headers, dialect.attempts, dialect.binary, 0);
        }
        return Math.max(attempts, 1);
    }
}
