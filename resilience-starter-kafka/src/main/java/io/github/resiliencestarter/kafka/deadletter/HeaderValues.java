package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and times in headers. Whoever can write to a topic can write anything into its headers, so what cannot be read counts
 * as absent.
 */
final class HeaderValues {

    private HeaderValues() {}

    static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** The first header of this name as a number that is not negative. */
    static @Nullable Long number(Headers headers, @Nullable String name, boolean binary) {
        Header header = name == null ? null : headers.first(name);
        byte[] value = header == null ? null : header.value();
        if (header == null || value == null) {
            return null;
        }
        Long number = binary ? binary(value) : decimal(header.text());
        return number == null || number < 0 ? null : number;
    }

    static int count(Headers headers, @Nullable String name, boolean binary, int otherwise) {
        Long number = number(headers, name, binary);
        return number == null || number > Integer.MAX_VALUE ? otherwise : number.intValue();
    }

    static @Nullable Instant time(Headers headers, String name) {
        String text = headers.text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private static @Nullable Long binary(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return switch (value.length) {
            case Integer.BYTES -> (long) bytes.getInt();
            case Long.BYTES -> bytes.getLong();
            default -> null;
        };
    }

    private static @Nullable Long decimal(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text.trim());
        } catch (NumberFormatException malformed) {
            return null;
        }
    }
}
