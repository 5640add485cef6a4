package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageProperties;

/**
 * Headers and properties of a message as headers of a letter, and back. And which of them belong to the message, and which tell of
 * its failures: those are written anew each time, so nothing grows.
 */
final class LetterHeaders {

    static final String EXCHANGE = "x-original-exchange";
    static final String ROUTING_KEY = "x-original-routingKey";

    /** By these the broker would route a letter, or a replay, to further queues. */
    private static final Set<String> ROUTING = Set.of("CC", "BCC");

    private static final int PERSISTENT = 2;

    private LetterHeaders() {}

    static Headers of(MessageProperties properties) {
        List<Header> headers = new ArrayList<>();
        MessageProperty.read(properties, headers);
        if (properties.getRetryCount() > 0 && !properties.getHeaders().containsKey("x-death")) {
            // Spring takes this one out of the headers, and sets it by those of the broker as well.
            headers.add(FieldValues.header(MessageProperties.RETRY_COUNT, properties.getRetryCount()));
        }
        return of(properties.getHeaders(), headers);
    }

    static Headers of(BasicProperties properties) {
        List<Header> headers = new ArrayList<>();
        MessageProperty.read(properties, headers);
        return of(properties.getHeaders(), headers);
    }

    private static Headers of(@Nullable Map<String, Object> table, List<Header> headers) {
        if (table != null) {
            table.forEach((name, value) -> headers.add(
                    name.startsWith(MessageProperty.KEPT)
                            ? restored(name.substring(MessageProperty.KEPT.length()), value)
                            : FieldValues.header(name, value)));
        }
        return new Headers(headers);
    }

    private static Header restored(String name, @Nullable Object value) {
        Header header = FieldValues.header(name, value);
        return MessageProperty.of(name) == null ? header : new Header(name, header.value(), MessageProperty.TYPE);
    }

    /** As they are sent: persistent, and routed by exchange and routing key alone. */
    static AMQP.BasicProperties toRabbit(List<Header> headers) {
        AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder().deliveryMode(PERSISTENT);
        Map<String, Object> table = new HashMap<>(2 * headers.size());
        for (Header header : headers) {
            if (MessageProperty.TYPE.equals(header.type())) {
                set(header, properties, table);
            } else {
                String name = ROUTING.contains(header.name()) ? MessageProperty.KEPT + header.name() : header.name();
                table.put(name, FieldValues.value(header));
            }
        }
        return properties.headers(table).build();
    }

    private static void set(Header header, AMQP.BasicProperties.Builder properties, Map<String, Object> table) {
        MessageProperty property = MessageProperty.of(header.name());
        String value = header.text();
        if (property == null || value == null || !property.set(value, properties)) {
            table.put(MessageProperty.KEPT + header.name(), value);
        }
    }

    /** The message's own, and what a letter has no other place for: the trace of its failure. */
    static Headers original(Headers headers) {
        return headers.without(LetterHeaders::isWrittenAnew);
    }

    /** Whether the header is written by whoever sends a dead letter, or by the broker. */
    private static boolean isWrittenAnew(String name) {
        return DeadLetterHeaders.isOurs(name) && !name.equals(DeadLetterHeaders.TRACE)
                || name.startsWith("x-exception-")
                || name.startsWith("x-original-")
                || name.startsWith("x-first-death-")
                || name.startsWith("x-last-death-")
                || name.equals("x-death")
                || name.equals("x-delivery-count")
                || name.equals("x-acquired-count");
    }
}
