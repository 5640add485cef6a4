package io.github.resiliencestarter.operations.messages;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bytes of the application for reading, as far as they may be read. */
final class BytesView {

    /** Enough to see what is wrong with a message, and not enough to bring the actuator down. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int DIGEST_BYTES = 6;

    private final ShowPayload show;

    BytesView(ShowPayload show) {
        this.show = show;
    }

    /** Null where there are none: a tombstone, or a message without a key. */
    @Nullable
    Map<String, Object> of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("bytes", bytes.length);
        view.put("sha256", digest(bytes));
        if (show == ShowPayload.ALWAYS) {
            boolean cut = bytes.length > MOST_BYTES;
            byte[] shown = cut ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
            String text = text(shown, cut);
            view.put(
                    text == null ? "base64" : "text",
                    text == null ? Base64.getEncoder().encodeToString(shown) : text);
            if (cut) {
                view.put("truncated", true);
            }
        }
        return view;
    }

    /** Null where the bytes are no UTF-8; a character that was cut through is left away. */
    private static @Nullable String text(byte[] bytes, boolean cut) {
        int end = bytes.length;
        while (cut && end > 0 && end > bytes.length - 4 && isInside(bytes[end - 1])) {
            end--;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    private static boolean isInside(byte value) {
        return (value & 0x80) != 0;
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
