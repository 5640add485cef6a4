package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.LetterStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator has sent, as text, and what is said about what cannot be read. Empty text is as good as none. */
final class Parameters {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 500;
    /** In the smallest column of all databases, whatever the characters. */
    private static final int MOST_OF_REASON = 4_000;

    private static final int SHOWN = 50;

    private Parameters() {}

    static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    /** Text that is kept: what no column takes would be a failure of the database, with nothing to learn from it. */
    static @Nullable String text(String name, @Nullable String value, int most) {
        String text = text(value);
        if (text != null && text.length() > most) {
            throw Refusal.bad(name, text.substring(0, SHOWN) + "...", "use at most " + most + " characters");
        }
        if (text != null && text.indexOf('\0') >= 0) {
            throw Refusal.bad(name, text.replace('\0', '?'), "leave out the character U+0000");
        }
        return text;
    }

    static @Nullable String reason(@Nullable String value) {
        return text("reason", value, MOST_OF_REASON);
    }

    static String required(String name, @Nullable String value, String remedy) {
        String text = text(value);
        if (text == null) {
            throw Refusal.missing(name, remedy);
        }
        return text;
    }

    static @Nullable LetterStatus status(@Nullable String value) {
        return text(value) == null ? null : constant("status", String.valueOf(value), LetterStatus.class);
    }

    static <E extends Enum<E>> E constant(String name, String value, Class<E> type) {
        String uniform = value.trim().toUpperCase(Locale.ROOT).replace('-', '_');
        List<E> constants = List.of(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> constant.name().equals(uniform))
                .findFirst()
                .orElseThrow(() -> Refusal.bad(name, value, "use one of " + names(constants)));
    }

    static String names(List<? extends Enum<?>> constants) {
        return constants.stream().map(Labels::of).collect(Collectors.joining(", "));
    }

    static int limit(@Nullable String value) {
        int limit = whole("limit", value, DEFAULT_LIMIT);
        if (limit < 1 || limit > MOST) {
            throw Refusal.bad("limit", limit, "use a whole number from 1 to " + MOST);
        }
        return limit;
    }

    static int whole(String name, @Nullable String value, int otherwise) {
        try {
            return text(value) == null ? otherwise : Integer.parseInt(String.valueOf(value));
        } catch (NumberFormatException noNumber) {
            throw Refusal.bad(name, String.valueOf(value), "use a whole number such as 3");
        }
    }

    static double number(String name, @Nullable String value, double otherwise) {
        try {
            return text(value) == null ? otherwise : Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException noNumber) {
            throw Refusal.bad(name, String.valueOf(value), "use a number such as 50");
        }
    }

    static boolean yesOrNo(String name, @Nullable String value, boolean otherwise) {
        String text = text(value);
        if (text == null) {
            return otherwise;
        }
        if (!Arrays.asList("true", "false").contains(text.toLowerCase(Locale.ROOT))) {
            throw Refusal.bad(name, text, "use true or false");
        }
        return Boolean.parseBoolean(text);
    }

    /** Text as UTF-8, or Base64; an empty text is a payload without bytes. */
    static byte[] payload(@Nullable String text, @Nullable String base64) {
        if ((text == null) == (base64 == null)) {
            throw Refusal.missing(
                    text == null ? "payload" : "one of payload and payloadBase64",
                    "give the new payload as text in payload, or as Base64 in payloadBase64");
        }
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.bad("payloadBase64", "...", "this is no Base64");
        }
    }
}
