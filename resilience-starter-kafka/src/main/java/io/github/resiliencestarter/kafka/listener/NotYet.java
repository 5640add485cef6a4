package io.github.resiliencestarter.kafka.listener;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Something is to be tried again later, and its consumer is not guarded: the container keeps what remains, goes on polling, and
 * brings it again. No failure, so without a stack trace.
 */
final class NotYet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<? extends ConsumerRecord<?, ?>> remaining;

    /** The record in hand, and what the container knows to come after it. */
    NotYet() {
        this(List.of());
    }

    /** @param remaining of a batch */
    NotYet(List<? extends ConsumerRecord<?, ?>> remaining) {
        super("The record is tried again later", null, false, false);
        this.remaining = remaining;
    }

    List<? extends ConsumerRecord<?, ?>> remaining() {
        return remaining;
    }
}
