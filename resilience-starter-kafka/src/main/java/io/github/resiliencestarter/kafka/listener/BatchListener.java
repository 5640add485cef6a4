package io.github.resiliencestarter.kafka.listener;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/** Stands around the host's listener for batches. A batch that fails, or of which something is known, is taken through by a {@link BatchRun}. */
final class BatchListener<K, V> extends AroundBatchListener<K, V> {

    private final Listening listening;
    private final DeadLetters deadLetters;

    BatchListener(BatchMessageListener<K, V> listener, Listening listening, DeadLetters deadLetters) {
        super(listener, listening);
        this.listening = listening;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<K, V>> records, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        if (needsCare(records, consumer)) {
            new BatchRun<>(call, listening, deadLetters, records, acknowledgment, consumer).run();
            return;
        }
        try {
            call.attempt(records, acknowledgment, consumer);
        } catch (Throwable thrown) {
            new BatchRun<>(call, listening, deadLetters, records, acknowledgment, consumer).runAfter(thrown);
            return;
        }
        listening.processed(records);
    }

    private boolean needsCare(List<ConsumerRecord<K, V>> records, Consumer<?, ?> consumer) {
        if (!listening.memory().isEmpty() || listening.doors().isShut() || listening.isHolding(consumer)) {
            return true;
        }
        for (ConsumerRecord<K, V> record : records) {
            if (listening.replays().isReplay(record) || Undeserialized.isIn(record)) {
                return true;
            }
        }
        return false;
    }
}
