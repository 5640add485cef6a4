package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.call.outcome.Causes;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/** Whose failure it is that a transaction was rolled back. */
final class TransactionFailure {

    private TransactionFailure() {}

    /**
     * Whether the record is to blame: its listener has failed, or has written what no broker takes, which comes out when the
     * transaction commits. Anything else is the broker's, and says nothing about the record.
     */
    static boolean isOfRecord(Throwable thrown) {
        return Causes.of(thrown)
                .anyMatch(cause -> cause instanceof ListenerExecutionFailedException
                        || cause instanceof RecordTooLargeException
                        || cause instanceof InvalidTopicException
                        || cause instanceof SerializationException);
    }
}
