package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.ValueReader;
import com.rabbitmq.client.impl.ValueWriter;
import io.github.resiliencestarter.messaging.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of AMQP headers as bytes, and back. A string is its bytes, without a type. Anything else has the tag of AMQP 0-9-1's field
 * table as its type ({@code I} an int, {@code l} a long, {@code t} a boolean, {@code T} a date, {@code F} a table, {@code A} an
 * array, {@code x} bytes and so on), and as its bytes exactly what stands behind that tag on the wire.
 */
final class FieldValues {

    private FieldValues() {}

    static Header header(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return Header.of(name, text);
        }
        if (value instanceof LongString text) {
            return Header.of(name, text.getBytes());
        }
        byte[] field = written(value);
        return field.length == 0
                ? Header.of(name, String.valueOf(value))
                : new Header(name, Arrays.copyOfRange(field, 1, field.length), String.valueOf((char) field[0]));
    }

    /** With its tag; empty for what AMQP has no type for, such as an object that a post processor has put there. */
    private static byte[] written(@Nullable Object value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        try {
            new ValueWriter(new DataOutputStream(field)).writeFieldValue(value);
            return field.toByteArray();
        } catch (IllegalArgumentException unknown) {
            return new byte[0];
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The value as the client writes it. */
    static @Nullable Object value(Header header) {
        byte[] bytes = header.value() == null ? new byte[0] : header.value();
        String type = header.type();
        return type == null ? text(bytes) : read(type, bytes);
    }

    /** The client writes a {@code String} in a fraction of the time, but only in UTF-8, which these bytes need not be. */
    private static Object text(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return LongStringHelper.asLongString(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The client reads tables only, so it gets one with this field alone. */
    private static @Nullable Object read(String type, byte[] bytes) {
        byte[] tag = type.getBytes(StandardCharsets.ISO_8859_1);
        int length = 2 + tag.length + bytes.length;
        byte[] table = ByteBuffer.allocate(Integer.BYTES + length)
                .putInt(length)
                .put((byte) 1)
                .put((byte) 'v')
                .put(tag)
                .put(bytes)
                .array();
        try {
            return new ValueReader(new DataInputStream(new ByteArrayInputStream(table)))
                    .readTable()
                    .get("v");
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** How many bytes it takes in a table of headers. */
    static int size(Header header) {
        int value = header.value() == null ? 0 : header.value().length;
        return 1 + utf8Length(header.name()) + 1 + (header.type() == null ? Integer.BYTES : 0) + value;
    }

    private static int utf8Length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}
