package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and times in headers. Whoever can write to a topic or a queue can write anything into its headers, so what cannot be
 * read counts as absent.
 */
public final class HeaderValues {

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private HeaderValues() {}

    public static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    public static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** The first header of this name as a number that is not negative. */
    public static @Nullable Long number(Headers headers, @Nullable String name, boolean binary) {
        Header header = name == null ? null : headers.first(name);
        byte[] value = header == null ? null : header.value();
        if (header == null || value == null) {
            return null;
        }
        Long number = binary ? binary(value) : decimal(header.text());
        return number == null || number < 0 ? null : number;
    }

    public static int count(Headers headers, @Nullable String name, boolean binary, int otherwise) {
        Long number = number(headers, name, binary);
        return number == null || number > Integer.MAX_VALUE ? otherwise : number.intValue();
    }

    public static @Nullable Instant time(Headers headers, String name) {
        String text = headers.text(name);
        try {
            return text == null ? null : possible(Instant.parse(text));
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    /** Null for what no database can keep, and nobody can have meant. */
    public static @Nullable Instant possible(Instant time) {
        return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
    }

    /** The text of the first header of this name; null if it is blank, or longer than this. */
    public static @Nullable String text(Headers headers, @Nullable String name, int most) {
        String text = name == null ? null : headers.text(name);
        return text == null || text.isBlank() || text.length() > most ? null : printable(text);
    }

    /** Without the character that PostgreSQL has no place for. */
    public static String printable(String text) {
        return text.replace('\0', '?');
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
