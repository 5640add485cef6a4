package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;

/** Takes what a listener gives up. Thread-safe. */
interface DeadLetters {

    /** Where the record is now. */
    enum Outcome {
        /** It is a dead letter, or on its way, and its guard lets nobody commit past it until it is. */
        TAKEN,
        /** Nobody can take it now; its guard holds it, and it comes again. */
        HELD,
        /** Nobody can take it now, and nobody holds it: the container must keep it. */
        REFUSED
    }

    /**
     * @param failed what is known of it, why it is given up included
     * @param guard of the consumer that read it; null if it is not guarded: then it waits until the letter is safe
     */
    Outcome take(ConsumerRecord<?, ?> record, Remembered failed, @Nullable ConsumerGuard guard);

    /** As {@link #take}, for a record that the consumer could not read. */
    Outcome takeUnreadable(RecordDeserializationException unreadable, @Nullable ConsumerGuard guard);

    /**
     * As {@link #take}, on a thread that is not the consumer's, and without waiting. If the container stops before somebody has the
     * letter, nothing more is done.
     *
     * @param taken what to do when it is safe
     */
    void takeAside(ConsumerRecord<?, ?> record, Remembered failed, Runnable taken);
}
