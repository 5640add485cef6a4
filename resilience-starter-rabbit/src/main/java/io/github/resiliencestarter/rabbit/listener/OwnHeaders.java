package io.github.resiliencestarter.rabbit.listener;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/** Headers that this library has put on a message. */
final class OwnHeaders {

    private OwnHeaders() {}

    static @Nullable String text(Message message, String name) {
        Object value = message.getMessageProperties().getHeaders().get(name);
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value == null ? null : value.toString();
    }

    /** 0 where there is none. */
    static int count(Message message, String name) {
        String value = text(message, name);
        try {
            return value == null ? 0 : Integer.parseInt(value);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }
}
