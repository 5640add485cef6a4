package io.github.resiliencestarter.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.kafka.support.serializer.SerializationUtils;

/**
 * Key and value of a record as they were sent, to the byte, whatever the host's deserializers have made of them. Good records pay
 * nothing for it: of a failed one the bytes are told from bytes and text, and are read again from the broker for anything else.
 * One for each consumer factory. Thread-safe.
 */
public final class OriginalBytes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OriginalBytes.class);
    private static final LogAccessor forSpring = new LogAccessor(OriginalBytes.class);

    private final ExactEncoding keys;
    private final ExactEncoding values;
    private final RecordReader reader;

    private OriginalBytes(ExactEncoding keys, ExactEncoding values, RecordReader reader) {
        this.keys = keys;
        this.values = values;
        this.reader = reader;
    }

    /**
     * @param listener what the listener has set over the factory, such as the {@code properties} of a {@code @KafkaListener}
     * @param timeout how long a failed record may wait for the broker to give its bytes again
     */
    public static OriginalBytes of(ConsumerFactory<?, ?> factory, Map<String, ?> listener, Duration timeout) {
        Map<String, Object> settings = new HashMap<>(factory.getConfigurationProperties());
        settings.putAll(listener);
        return of(settings, factory.getKeyDeserializer(), factory.getValueDeserializer(), timeout);
    }

    static OriginalBytes of(
            Map<String, ?> settings, @Nullable Deserializer<?> key, @Nullable Deserializer<?> value, Duration timeout) {
        return new OriginalBytes(
                ExactEncoding.of(settings, "key", key),
                ExactEncoding.of(settings, "value", value),
                new RecordReader(settings, timeout));
    }

    record Bytes(byte @Nullable [] key, byte @Nullable [] value) {}

    /** @throws UnreadableRecordException if the broker has to be asked and does not answer in time */
    Bytes of(ConsumerRecord<?, ?> record) {
        Side key = side(
                record,
                keys,
                record.key(),
                record.serializedKeySize(),
                SerializationUtils.KEY_DESERIALIZER_EXCEPTION_HEADER);
        Side value = side(
                record,
                values,
                record.value(),
                record.serializedValueSize(),
                SerializationUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER);
        if (key.known() && value.known()) {
            return new Bytes(key.bytes(), value.bytes());
        }
        ConsumerRecord<byte[], byte[]> again =
                reader.read(new TopicPartition(record.topic(), record.partition()), record.offset());
        if (again == null) {
            log.warn(
                    "{}-{} at offset {} is gone before its bytes were read again; its dead letter has them as text",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
        return new Bytes(
                key.or(() -> again == null ? text(record.key()) : again.key()),
                value.or(() -> again == null ? text(record.value()) : again.value()));
    }

    /** One half of a record. */
    private record Side(boolean known, byte @Nullable [] bytes) {

        byte @Nullable [] or(Supplier<byte @Nullable []> otherwise) {
            return known ? bytes : otherwise.get();
        }
    }

    private static Side side(
            ConsumerRecord<?, ?> record, ExactEncoding encoding, @Nullable Object value, int size, String header) {
        if (value == null && size < 0) {
            return new Side(true, null);
        }
        byte[] bytes = value == null ? undeserialized(record, header) : encoding.encode(value, size);
        return new Side(bytes != null, bytes);
    }

    /** What an ErrorHandlingDeserializer could not read, it has kept. */
    private static byte @Nullable [] undeserialized(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        DeserializationException failure =
                header == null ? null : SerializationUtils.getExceptionFromHeader(record, name, forSpring);
        return failure == null ? null : failure.getData();
    }

    private static byte @Nullable [] text(@Nullable Object value) {
        return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        reader.close();
    }
}
