package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Fingerprint;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages of dead letter queues as letters, whoever has sent them there: we, spring-amqp and with it Spring Cloud Stream, the broker
 * itself, or anybody. What a header does not tell, or tells in a way that cannot be read, is made neutral: a letter that nobody can
 * explain is still a letter, and must not stop those behind it.
 */
record ReceivedLetters(DeadLetterNames names, Clock clock) {

    private static final String UNKNOWN = "unknown";
    /** What is longer than a store has room for was not written by anybody who meant it. */
    private static final int MAX_ID = 100;

    private static final int MAX_FINGERPRINT = 64;
    private static final int MAX_CLASS = 500;
    /** What AMQP has room for. */
    private static final int MAX_NAME = 255;

    /** The class at the beginning of a stack trace, and of a cause in it. */
    private static final Pattern THROWN =
            Pattern.compile("^(?:Caused by: )?([\\w$]+(?:\\.[\\w$]+)*)(?=:|\\s*$)", Pattern.MULTILINE);

    /** @param queue that it was taken from */
    DeadLetter of(String queue, Envelope envelope, BasicProperties properties, byte[] body) {
        Headers headers = LetterHeaders.of(properties);
        BrokerDeath death = BrokerDeath.before(queue, properties.getHeaders());
        Source.Queue source = source(queue, envelope, headers, death);
        Instant now = clock.instant();
        Instant told = HeaderValues.time(headers, DeadLetterHeaders.LAST_FAILED_AT);
        Instant written = death == null || death.at() == null ? null : HeaderValues.possible(death.at());
        Instant last = told != null ? told : Objects.requireNonNullElse(written, now);
        Instant first = HeaderValues.time(headers, DeadLetterHeaders.FIRST_FAILED_AT);
        String id = HeaderValues.text(headers, DeadLetterHeaders.ID, MAX_ID);
        return new DeadLetter(
                id == null ? LetterIds.of(source, properties.getMessageId(), body) : id,
                source,
                null,
                body,
                LetterHeaders.original(headers),
                failure(headers, death),
                attempts(headers, death),
                Objects.requireNonNullElse(first, last),
                last,
                HeaderValues.count(headers, DeadLetterHeaders.REPLAY_COUNT, false, 0),
                HeaderValues.text(headers, DeadLetterHeaders.REPLAY_ID, MAX_ID));
    }

    private Source.Queue source(String queue, Envelope envelope, Headers headers, @Nullable BrokerDeath death) {
        String exchange = headers.text(LetterHeaders.EXCHANGE);
        if (exchange == null || exchange.length() > MAX_NAME) {
            String failedIn = failedIn(headers, death, names.sourceOf(queue));
            return death == null
                    ? new Source.Queue(failedIn, "", failedIn)
                    : new Source.Queue(failedIn, death.exchange(), death.routingKey());
        }
        String told = HeaderValues.text(headers, LetterHeaders.ROUTING_KEY, MAX_NAME);
        String routingKey = Objects.requireNonNullElse(told, envelope.getRoutingKey());
        // By the default exchange a message goes to the queue that its routing key names.
        String otherwise = exchange.isEmpty() && told != null ? told : names.sourceOf(queue);
        return new Source.Queue(failedIn(headers, death, otherwise), HeaderValues.printable(exchange), routingKey);
    }

    private static String failedIn(Headers headers, @Nullable BrokerDeath death, String otherwise) {
        String group = HeaderValues.text(headers, DeadLetterHeaders.GROUP, MAX_NAME);
        return group != null ? group : death != null ? death.queue() : otherwise;
    }

    private static Failure failure(Headers headers, @Nullable BrokerDeath death) {
        String message = HeaderValues.text(headers, "x-exception-message", Integer.MAX_VALUE);
        String stackTrace = HeaderValues.text(headers, "x-exception-stacktrace", Integer.MAX_VALUE);
        Failure failure = message == null && stackTrace == null && death != null
                ? ofBroker(death)
                : Failure.parsed(thrown(stackTrace), message, stackTrace);
        String fingerprint = HeaderValues.text(headers, DeadLetterHeaders.FINGERPRINT, MAX_FINGERPRINT);
        return fingerprint == null
                ? failure
                : new Failure(failure.exception(), failure.message(), failure.stackTrace(), fingerprint);
    }

    /** Nobody has thrown anything, so it is grouped by the reason. */
    private static Failure ofBroker(BrokerDeath death) {
        return new Failure(
                death.reason(),
                death.text(),
                "",
                Fingerprint.parsed(death.reason() + ' ' + death.queue(), null).value());
    }

    private static String thrown(@Nullable String stackTrace) {
        Matcher type = THROWN.matcher(stackTrace == null ? "" : stackTrace);
        String outermost = type.lookingAt() ? type.group(1) : UNKNOWN;
        String thrown = ContainerFailure.isOne(outermost) && type.find() ? type.group(1) : outermost;
        return thrown.length() > MAX_CLASS ? UNKNOWN : thrown;
    }

    private static int attempts(Headers headers, @Nullable BrokerDeath death) {
        int ours = HeaderValues.count(headers, DeadLetterHeaders.ATTEMPTS, false, -1);
        if (ours >= 0) {
            return ours;
        }
        return death == null ? 1 : death.wasConsumed() ? death.count() : 0;
    }
}
