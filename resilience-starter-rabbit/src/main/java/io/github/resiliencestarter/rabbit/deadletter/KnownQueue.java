package io.github.resiliencestarter.rabbit.deadletter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the broker tells of a queue that is there. Immutable.
 *
 * @param permanent false if it ends with its connection, its last consumer or its broker
 * @param arguments those of {@link #ASKED} that it has; none where it may not be asked
 */
record KnownQueue(boolean permanent, Map<String, Object> arguments) {

    static final String TYPE = "x-queue-type";
    static final String DEAD_LETTER_EXCHANGE = "x-dead-letter-exchange";
    static final String DEAD_LETTER_ROUTING_KEY = "x-dead-letter-routing-key";
    static final String DEAD_LETTER_STRATEGY = "x-dead-letter-strategy";
    static final String MESSAGE_TTL = "x-message-ttl";
    static final String MAX_LENGTH = "x-max-length";
    static final String MAX_LENGTH_BYTES = "x-max-length-bytes";
    static final String OVERFLOW = "x-overflow";
    static final String DELIVERY_LIMIT = "x-delivery-limit";

    static final List<String> ASKED = List.of(
            TYPE,
            DEAD_LETTER_EXCHANGE,
            DEAD_LETTER_ROUTING_KEY,
            DEAD_LETTER_STRATEGY,
            MESSAGE_TTL,
            MAX_LENGTH,
            MAX_LENGTH_BYTES,
            OVERFLOW,
            DELIVERY_LIMIT);

    /** One that belongs to a connection alone. */
    static final KnownQueue TEMPORARY = new KnownQueue(false, Map.of());

    KnownQueue {
        arguments = Map.copyOf(arguments);
    }

    @Nullable
    String text(String argument) {
        Object value = arguments.get(argument);
        return value == null ? null : value.toString();
    }

    boolean isStream() {
        return "stream".equals(text(TYPE));
    }

    boolean isQuorum() {
        return "quorum".equals(text(TYPE));
    }

    /** By which argument it drops messages that nobody has consumed; null if it keeps them. */
    @Nullable
    String dropsBy() {
        if (text(MESSAGE_TTL) != null) {
            return MESSAGE_TTL;
        }
        String overflow = text(OVERFLOW);
        if (overflow != null && overflow.startsWith("reject-publish")) {
            return null; // the publisher is told
        }
        return text(MAX_LENGTH) != null ? MAX_LENGTH : text(MAX_LENGTH_BYTES) != null ? MAX_LENGTH_BYTES : null;
    }
}
