package io.github.resiliencestarter.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A header of a message as the broker has it. Equal by content; the bytes are shared and must not be changed.
 *
 * @param value null is what Kafka calls a null value, and not the same as no bytes
 * @param type null for plain bytes; otherwise what the broker's module calls the type that it has encoded in the bytes, so that
 *     a number or a date of an AMQP header is one again after a replay
 */
public record Header(
        String name, byte @Nullable [] value, @Nullable String type) {

    public static Header of(String name, byte @Nullable [] value) {
        return new Header(name, value, null);
    }

    public static Header of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The value as UTF-8; null if there is no value. */
    public @Nullable String text() {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Header header
                && name.equals(header.name)
                && Arrays.equals(value, header.value)
                && Objects.equals(type, header.type);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    /** Without the value, which belongs to the application. */
    @Override
    public String toString() {
        return name + (value == null ? " (null)" : " (" + value.length + " B)");
    }
}
