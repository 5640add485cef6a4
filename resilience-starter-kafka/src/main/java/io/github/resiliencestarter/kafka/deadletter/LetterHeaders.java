package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Which headers belong to the message, and which tell of its failures: those are written anew each time, so nothing grows. */
final class LetterHeaders {

    private LetterHeaders() {}

    static Headers of(org.apache.kafka.common.header.Headers kafka) {
        List<Header> headers = new ArrayList<>();
        kafka.forEach(header -> headers.add(Header.of(header.key(), header.value())));
        return new Headers(headers);
    }

    static List<org.apache.kafka.common.header.Header> toKafka(Headers headers) {
        List<org.apache.kafka.common.header.Header> kafka = new ArrayList<>();
        headers.forEach(header -> kafka.add(new RecordHeader(header.name(), header.value())));
        return kafka;
    }

    /** The message's own, and what a letter has no other place for: when it was written first, and the trace of its failure. */
    static Headers original(Headers headers, Origin origin) {
        List<Header> kept =
                new ArrayList<>(headers.without(LetterHeaders::isWrittenAnew).all());
        if (origin.timestamp() >= 0) {
            kept.add(Header.of(HeaderDialect.SPRING.timestamp, HeaderValues.bytes(origin.timestamp())));
            kept.add(Header.of(HeaderDialect.SPRING.timestampType, origin.timestampType()));
        }
        return new Headers(kept);
    }

    /** Whether the header is written by whoever sends a dead letter. */
    private static boolean isWrittenAnew(String name) {
        return DeadLetterHeaders.isOurs(name) && !name.equals(DeadLetterHeaders.TRACE) || isForeign(name);
    }

    /** What others have written, but for what {@link #original} has put there. */
    static boolean isForeignButTime(String name) {
        return isForeign(name)
                && !name.equals(HeaderDialect.SPRING.timestamp)
                && !name.equals(HeaderDialect.SPRING.timestampType);
    }

    private static boolean isForeign(String name) {
        return HeaderDialect.knows(name)
                || name.startsWith("kafka_dlt-")
                || name.startsWith("kafka_key-exception-")
                || name.startsWith("retry_topic-")
                || name.startsWith("springDeserializerException")
                || name.startsWith("__connect.errors.")
                || name.startsWith("__dlq.errors.");
    }
}
