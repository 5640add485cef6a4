package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a record was when nobody had failed yet: its own place, or that which its headers tell if it comes from a retry topic, a
 * dead letter topic or a replay. Whoever appends headers appends them, so the first of a name is the true one.
 *
 * @param group null where nobody has written it down
 * @param timestamp milliseconds since 1970; negative if it is not known
 */
record Origin(@Nullable String group, String topic, int partition, long offset, long timestamp, String timestampType) {

    /** Kafka has no limit, but whoever keeps it has. */
    static final int MAX_GROUP = 255;

    static Origin itself(ConsumerRecord<?, ?> record) {
        return new Origin(
                null,
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType().toString());
    }

    /** What the headers tell; null if they tell nothing that can be used. */
    static @Nullable Origin in(Headers headers) {
        for (HeaderDialect dialect : HeaderDialect.values()) {
            Origin origin = in(headers, dialect);
            if (origin != null) {
                return origin;
            }
        }
        return null;
    }

    private static @Nullable Origin in(Headers headers, HeaderDialect dialect) {
        String topic = headers.text(dialect.topic);
        Long partition = HeaderValues.number(headers, dialect.partition, dialect.binary);
        Long offset = HeaderValues.number(headers, dialect.offset, dialect.binary);
        if (topic == null
                || !DeadLetterNames.isLegal(topic)
                || partition == null
                || partition > Integer.MAX_VALUE
                || offset == null) {
            return null;
        }
        Long timestamp = HeaderValues.number(headers, dialect.timestamp, dialect.binary);
        String type = headers.text(dialect.timestampType);
        return new Origin(
                groupIn(headers, dialect),
                topic,
                partition.intValue(),
                offset,
                timestamp == null ? -1 : timestamp,
                type == null ? "CreateTime" : type);
    }

    private static @Nullable String groupIn(Headers headers, HeaderDialect dialect) {
        String ours = HeaderValues.text(headers, DeadLetterHeaders.GROUP, MAX_GROUP);
        return ours != null ? ours : HeaderValues.text(headers, dialect.group, MAX_GROUP);
    }

    /**
     * The source for a record that this group has failed to process.
     *
     * @param consumed the topic that the group consumes. If it is the original one then it is this group's message, whoever
     *     else has failed before; any other topic has it on behalf of whoever failed first
     */
    Source.Topic sourceFor(String failed, String consumed) {
        return new Source.Topic(group == null || topic.equals(consumed) ? failed : group, topic, partition, offset);
    }
}
