package io.github.resiliencestarter.kafka.listener;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ListenerType;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * One record on its way to the host's listener. Made only where the first attempt has failed, or something is known about the
 * record: the others go straight through.
 *
 * @param acknowledgment null unless the host acknowledges by hand
 */
record Delivery<K, V>(
        MessageListener<K, V> listener,
        ListenerType type,
        ConsumerRecord<K, V> record,
        @Nullable Acknowledgment acknowledgment,
        Consumer<?, ?> consumer) {

    void attempt() {
        attempt(listener, type, record, acknowledgment, consumer);
    }

    static <K, V> void attempt(
            MessageListener<K, V> listener,
            ListenerType type,
            ConsumerRecord<K, V> record,
            @Nullable Acknowledgment acknowledgment,
            Consumer<?, ?> consumer) {
        switch (type) {
            case ACKNOWLEDGING_CONSUMER_AWARE -> listener.onMessage(record, acknowledgment, consumer);
            case ACKNOWLEDGING -> listener.onMessage(record, acknowledgment);
            case CONSUMER_AWARE -> listener.onMessage(record, consumer);
            case SIMPLE -> listener.onMessage(record);
        }
    }

    /** The same, for a listener that acknowledges by this. */
    Delivery<K, V> with(Acknowledgment other) {
        return new Delivery<>(listener, type, record, other, consumer);
    }

    TopicPartition partition() {
        return Listening.partition(record);
    }

    /**
     * The record comes again, and is held back until then. Where the container waits for each record of a batch to be
     * acknowledged, in any order, it would wait for this one for ever; what it then commits does not get past the hold.
     */
    void leave() {
        if (acknowledgment != null && acknowledgment.isOutOfOrderCommit()) {
            acknowledgment.acknowledge();
        }
    }

    /** Nobody needs to see the record. */
    void skip() {
        if (acknowledgment != null) {
            acknowledgment.acknowledge();
        }
    }
}
