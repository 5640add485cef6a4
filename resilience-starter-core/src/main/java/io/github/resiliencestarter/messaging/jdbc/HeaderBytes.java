package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Headers as the bytes of one column: a version, then for each header its name, its type and its value, each as a length and
 * so many bytes; the length -1 is null. Nothing of what is read decides on a class.
 */
final class HeaderBytes {

    private static final int VERSION = 1;
    private static final int NULL = -1;

    private HeaderBytes() {}

    static byte[] of(Headers headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(headers.all().size());
            for (Header header : headers) {
                write(out, header.name().getBytes(StandardCharsets.UTF_8));
                String type = header.type();
                write(out, type == null ? null : type.getBytes(StandardCharsets.UTF_8));
                write(out, header.value());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException if somebody else has written the bytes, or a later version of this library */
    static Headers read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("The headers of a dead letter have version " + version
                        + ", and this library knows " + VERSION + ": use the version that wrote them, or a later one");
            }
            int count = in.readInt();
            List<Header> headers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = String.valueOf(text(read(in)));
                String type = text(read(in));
                headers.add(new Header(name, read(in), type));
            }
            return new Headers(headers);
        } catch (IOException broken) {
            throw new IllegalStateException("The headers of a dead letter cannot be read: " + broken, broken);
        }
    }

    private static void write(DataOutputStream out, byte @Nullable [] value) throws IOException {
        out.writeInt(value == null ? NULL : value.length);
        if (value != null) {
            out.write(value);
        }
    }

    private static byte @Nullable [] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NULL) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " where " + in.available() + " bytes are left");
        }
        return in.readNBytes(length);
    }

    private static @Nullable String text(byte @Nullable [] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
