package io.github.resiliencestarter.kafka.deadletter;

import org.apache.kafka.common.TopicPartition;

/**
 * The original bytes of a record cannot be read from the broker now. There is no letter yet, so the record must not be committed;
 * to ask again later is right.
 */
public class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(TopicPartition partition, long offset, Throwable cause) {
        super("The bytes of %s at offset %d cannot be read again".formatted(partition, offset), cause);
    }
}
