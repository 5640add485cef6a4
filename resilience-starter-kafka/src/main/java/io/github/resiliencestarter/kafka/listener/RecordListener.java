package io.github.resiliencestarter.kafka.listener;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ListenerType;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Stands around the host's listener for single records. What succeeds at once pays for a comparison, a look at a flag, a look at
 * the headers and a counter; everything else is the business of the {@link SlowPath}.
 */
class RecordListener<K, V> extends SeekAwareListener implements AcknowledgingConsumerAwareMessageListener<K, V> {

    private final MessageListener<K, V> listener;
    private final ListenerType type;
    private final Listening listening;
    private final RetryMemory memory;
    private final Doors doors;
    private final ReplayedRecords replays;
    private final SlowPath slowPath;

    RecordListener(MessageListener<K, V> listener, Listening listening, SlowPath slowPath) {
        super(listener, !listening.isOfRetries());
        this.listener = listener;
        this.type = ListenerUtils.determineListenerType(listener);
        this.listening = listening;
        this.memory = listening.memory();
        this.doors = listening.doors();
        this.replays = listening.replays();
        this.slowPath = slowPath;
    }

    @Override
    public void onMessage(
            ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        if (process(record, acknowledgment, consumer)) {
            listening.topic(record).processed().increment();
        }
    }

    private boolean process(
            ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        if (!memory.isEmpty() || doors.isShut() || listening.isHolding(consumer) || replays.isReplay(record)) {
            return slowPath.deliver(new Delivery<>(listener, type, record, acknowledgment, consumer));
        }
        try {
            Delivery.attempt(listener, type, record, acknowledgment, consumer);
            return true;
        } catch (Throwable thrown) {
            return slowPath.afterFirstFailure(new Delivery<>(listener, type, record, acknowledgment, consumer), thrown);
        }
    }

    MessageListener<K, V> listener() {
        return listener;
    }
}
