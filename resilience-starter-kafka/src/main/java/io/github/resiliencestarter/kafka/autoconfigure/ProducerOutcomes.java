package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.Verdict;
import io.github.resiliencestarter.call.outcome.CatalogueClassifier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * What the exceptions of Kafka's producer say about a record. What the client itself tries again (a leader that has moved,
 * replicas that are missing) is not in here: by the time that it gives up, an earlier try may have been written.
 */
final class ProducerOutcomes implements CatalogueClassifier {

    /** A record is sent when its topic is known and not before; a batch that expires later has the same type. */
    private static final String TOPIC_NEVER_SEEN = "not present in metadata after";

    private static final Verdict NEVER_AND_NEVER_WILL_BE = new Verdict(CallOutcome.NEVER_SENT, false, null);

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (failure instanceof BufferExhaustedException || isTopicNeverSeen(failure)) {
            return Verdict.neverSent();
        }
        if (failure instanceof SerializationException || failure instanceof AuthenticationException) {
            return NEVER_AND_NEVER_WILL_BE;
        }
        return isRefused(failure) ? Verdict.rejected() : null;
    }

    private static boolean isTopicNeverSeen(Throwable failure) {
        return failure instanceof TimeoutException
                && failure.getMessage() != null
                && failure.getMessage().contains(TOPIC_NEVER_SEEN);
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidTopicException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof UnsupportedForMessageFormatException
                || failure instanceof PolicyViolationException
                || failure instanceof AuthorizationException
                || failure instanceof ProducerFencedException;
    }
}
