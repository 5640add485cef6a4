package io.github.resiliencestarter.rabbit.deadletter;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has written down about a message that it has dead-lettered itself, in {@code x-death}: one entry for each queue
 * and reason, the last one first. Read, and never counted on: a client may write it too.
 *
 * @param reason {@code rejected}, {@code expired}, {@code maxlen} or {@code delivery_limit}
 * @param count how often so far
 * @param at when it was so for the first time; the broker keeps no other
 */
record BrokerDeath(
        String queue,
        String reason,
        String exchange,
        String routingKey,
        int count,
        @Nullable Instant at) {

    private static final String HEADER = "x-death";

    /** The last one in another queue than this; null if there is none. */
    static @Nullable BrokerDeath before(String deadLetterQueue, @Nullable Map<String, Object> headers) {
        if (headers != null && headers.get(HEADER) instanceof List<?> deaths) {
            for (Object each : deaths) {
                BrokerDeath death = each instanceof Map<?, ?> table ? of(table) : null;
                if (death != null && !death.queue.equals(deadLetterQueue)) {
                    return death;
                }
            }
        }
        return null;
    }

    private static @Nullable BrokerDeath of(Map<?, ?> table) {
        String queue = text(table.get("queue"));
        String reason = text(table.get("reason"));
        if (queue.isBlank() || reason.isBlank()) {
            return null;
        }
        Object keys = table.get("routing-keys");
        Object count = table.get("count");
        return new BrokerDeath(
                queue,
                reason,
                text(table.get("exchange")),
                keys instanceof List<?> list && !list.isEmpty() ? text(list.get(0)) : queue,
                count instanceof Number number ? (int) Math.max(1, Math.min(number.longValue(), Integer.MAX_VALUE)) : 1,
                table.get("time") instanceof Date date ? date.toInstant() : null);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Whether a consumer had it; otherwise nobody has even looked at it. */
    boolean wasConsumed() {
        return reason.equals("rejected") || reason.equals("delivery_limit");
    }

    String text() {
        return "RabbitMQ took it out of queue '%s': %s, %d times".formatted(queue, reason, count);
    }
}
