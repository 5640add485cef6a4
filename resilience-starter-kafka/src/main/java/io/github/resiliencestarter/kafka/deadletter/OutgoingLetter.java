package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.delivery.LetterForm;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A letter, where it goes, and how much it tells of its failure. Immutable.
 *
 * @param delay for a retry topic; null for the dead letter topic
 */
record OutgoingLetter(DeadLetter letter, @Nullable Delay delay, String topic, LetterForm form)
        implements LetterSender.Form {

    static OutgoingLetter dead(DeadLetter letter, String topic) {
        return new OutgoingLetter(letter, null, topic, LetterForm.WHOLE);
    }

    /** The listener gets these headers, so they say what went wrong, and not where. */
    static OutgoingLetter delayed(DeadLetter letter, Delay delay, String topic) {
        return new OutgoingLetter(letter, delay, topic, LetterForm.SHORT_MESSAGE);
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(int partitions) {
        return delay == null
                ? LetterRecords.deadLetter(letter, topic, partitions, form)
                : LetterRecords.delayed(letter, delay, topic, partitions, form);
    }

    @Override
    public @Nullable OutgoingLetter smaller() {
        LetterForm next = form.next();
        return next == null ? null : new OutgoingLetter(letter, delay, topic, next);
    }
}
