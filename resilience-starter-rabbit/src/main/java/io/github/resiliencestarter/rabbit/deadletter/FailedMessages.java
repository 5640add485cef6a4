package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import java.time.Instant;
import java.util.Objects;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;

/**
 * Makes dead letters of messages that were given up. The letter of a message that comes from a delay queue or a replay is the letter
 * of the message that failed first: it has the same id, and goes on counting. Thread-safe.
 */
public final class FailedMessages {

    /** What is longer than a store has room for was not written by anybody who meant it. */
    private static final int MAX_ID = 100;

    private final LetterTraces traces;

    public FailedMessages(LetterTraces traces) {
        this.traces = traces;
    }

    /**
     * @param queue the queue that it was consumed from
     * @param failure what the listener threw; what Spring wraps around it is taken off
     * @param attempts how often the listener was called since the message was consumed this time
     * @param firstFailedAt when it failed first since then
     */
    public DeadLetter letter(
            Message message,
            String queue,
            Throwable failure,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt) {
        Headers headers = traces.failed(LetterHeaders.of(message.getMessageProperties()));
        Source.Queue source = source(message.getMessageProperties(), headers, queue);
        // Another queue's failures are not counted for this one.
        String known = queue.equals(headers.text(DeadLetterHeaders.GROUP))
                ? HeaderValues.text(headers, DeadLetterHeaders.ID, MAX_ID)
                : null;
        boolean again = known != null;
        Instant first = again ? HeaderValues.time(headers, DeadLetterHeaders.FIRST_FAILED_AT) : null;
        return new DeadLetter(
                known == null
                        ? LetterIds.of(source, message.getMessageProperties().getMessageId(), message.getBody())
                        : known,
                source,
                null,
                message.getBody(),
                LetterHeaders.original(headers),
                Failure.of(ContainerFailure.unwrapped(failure)),
                attempts + (again ? HeaderValues.count(headers, DeadLetterHeaders.ATTEMPTS, false, 0) : 0),
                Objects.requireNonNullElse(first, firstFailedAt),
                lastFailedAt,
                again ? HeaderValues.count(headers, DeadLetterHeaders.REPLAY_COUNT, false, 0) : 0,
                again ? headers.text(DeadLetterHeaders.REPLAY_ID) : null);
    }

    /** Where it was published first, if somebody has written that down: a delay queue, or another dead letter queue, is no origin. */
    private static Source.Queue source(MessageProperties properties, Headers headers, String queue) {
        String exchange = headers.text(LetterHeaders.EXCHANGE);
        String routingKey = headers.text(LetterHeaders.ROUTING_KEY);
        return exchange != null && routingKey != null
                ? new Source.Queue(queue, exchange, routingKey)
                : new Source.Queue(
                        queue,
                        Objects.requireNonNullElse(properties.getReceivedExchange(), ""),
                        Objects.requireNonNullElse(properties.getReceivedRoutingKey(), queue));
    }
}
