package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.delivery.LetterForm;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;

/**
 * A letter, where it goes, and how much it tells of its failure at most. Immutable; its headers are made when it is sent.
 *
 * @param exchange empty for the default one, by which the routing key is the name of a queue
 * @param form null to tell nothing
 */
record OutgoingLetter(
        DeadLetter letter,
        String exchange,
        String routingKey,
        Supplier<Headers> headers,
        @Nullable LetterForm form) {

    private static final byte[] NOTHING = {};

    /** A frame of headers without any: its own size, and what stands before the properties. */
    private static final int FRAME = 64;

    static OutgoingLetter dead(DeadLetter letter, String exchange) {
        return new OutgoingLetter(
                letter, exchange, letter.source().name(), () -> DeadLetterHeaders.onLetter(letter), LetterForm.WHOLE);
    }

    /** The listener gets these headers, so they say what went wrong, and not where. */
    static OutgoingLetter delayed(DeadLetter letter, Delay delay, String queue) {
        return new OutgoingLetter(
                letter, "", queue, () -> DeadLetterHeaders.onDelayed(letter, delay), LetterForm.SHORT_MESSAGE);
    }

    static OutgoingLetter replay(DeadLetter letter, Replay replay, String exchange, String routingKey) {
        return new OutgoingLetter(letter, exchange, routingKey, () -> DeadLetterHeaders.onReplay(letter, replay), null);
    }

    String id() {
        return letter.id();
    }

    byte[] body() {
        byte[] payload = letter.payload();
        return payload == null ? NOTHING : payload;
    }

    /**
     * The most that fits: a table of headers must not be larger than a frame.
     *
     * @param frameMax bytes; 0 for no limit
     */
    AMQP.BasicProperties properties(int frameMax) {
        List<Header> all = LetterMessages.headers(headers.get(), letter);
        int size = FRAME + size(all);
        for (LetterForm each = form; each != null; each = each.next()) {
            List<Header> failure = LetterMessages.failure(letter.failure(), each);
            if (frameMax == 0 || size + size(failure) <= frameMax) {
                all.addAll(failure);
                return LetterHeaders.toRabbit(all);
            }
        }
        if (frameMax == 0 || size <= frameMax) {
            return LetterHeaders.toRabbit(all);
        }
        throw new AmqpException(
                "The headers of letter %s take %d bytes, and the broker takes %d. Raise frame_max in its configuration"
                        .formatted(letter.id(), size, frameMax));
    }

    private static int size(List<Header> headers) {
        int size = 0;
        for (Header header : headers) {
            size += FieldValues.size(header);
        }
        return size;
    }
}
