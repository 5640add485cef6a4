package io.github.resiliencestarter.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of what Kafka's own deserializers have made of them, where there can be no doubt: of bytes, and of UTF-8 text. What
 * anything else would serialise to may differ from what was sent, be it by the order of fields.
 */
final class ExactEncoding {

    /** In the place of bytes that are not UTF-8; what is text again does not come back. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String deserializer;
    private final boolean utf8;

    private ExactEncoding(String deserializer, boolean utf8) {
        this.deserializer = deserializer;
        this.utf8 = utf8;
    }

    /** @param side {@code key} or {@code value} */
    static ExactEncoding of(Map<String, ?> consumer, String side, @Nullable Deserializer<?> instance) {
        String type = instance != null ? instance.getClass().getName() : name(consumer.get(side + ".deserializer"));
        if (type.equals("org.springframework.kafka.support.serializer.ErrorHandlingDeserializer") && instance == null) {
            type = name(consumer.get("spring.deserializer." + side + ".delegate.class"));
        }
        Object own = consumer.get(side + ".deserializer.encoding");
        Object encoding = own == null ? consumer.get("deserializer.encoding") : own;
        return new ExactEncoding(type, encoding == null || encoding.toString().equalsIgnoreCase("UTF-8"));
    }

    private static String name(@Nullable Object type) {
        return type instanceof Class<?> known ? known.getName() : String.valueOf(type);
    }

    /**
     * @param size how many bytes there were
     * @return null if it can't be told
     */
    byte @Nullable [] encode(Object value, int size) {
        if (value instanceof byte[] bytes && deserializer.equals(ByteArrayDeserializer.class.getName())) {
            return bytes.length == size ? bytes : null;
        }
        if (value instanceof String text && utf8 && deserializer.equals(StringDeserializer.class.getName())) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return bytes.length == size && text.indexOf(REPLACEMENT) < 0 ? bytes : null;
        }
        return null;
    }
}
