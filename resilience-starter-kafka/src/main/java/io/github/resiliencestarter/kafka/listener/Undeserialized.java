package io.github.resiliencestarter.kafka.listener;

import static org.springframework.kafka.support.serializer.SerializationUtils.KEY_DESERIALIZER_EXCEPTION_HEADER;
import static org.springframework.kafka.support.serializer.SerializationUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.support.serializer.SerializationUtils;

/**
 * What an {@code ErrorHandlingDeserializer} leaves in the place of what it could not read: nothing, and a header. The container
 * looks at it for single records; in a batch the listener would take it for a tombstone.
 */
final class Undeserialized {

    private static final LogAccessor LOG = new LogAccessor(Undeserialized.class);

    private Undeserialized() {}

    static boolean isIn(ConsumerRecord<?, ?> record) {
        return record.value() == null && record.headers().lastHeader(VALUE_DESERIALIZER_EXCEPTION_HEADER) != null
                || record.key() == null && record.headers().lastHeader(KEY_DESERIALIZER_EXCEPTION_HEADER) != null;
    }

    /** Null if all of it could be read. */
    static @Nullable Throwable failure(ConsumerRecord<?, ?> record) {
        if (!isIn(record)) {
            return null;
        }
        Throwable value = SerializationUtils.getExceptionFromHeader(record, VALUE_DESERIALIZER_EXCEPTION_HEADER, LOG);
        return value != null
                ? value
                : Objects.requireNonNullElseGet(
                        SerializationUtils.getExceptionFromHeader(record, KEY_DESERIALIZER_EXCEPTION_HEADER, LOG),
                        () -> new IllegalStateException("The record could not be deserialized"));
    }
}
