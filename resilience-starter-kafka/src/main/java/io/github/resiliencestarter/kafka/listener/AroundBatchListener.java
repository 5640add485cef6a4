package io.github.resiliencestarter.kafka.listener;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.support.Acknowledgment;

/** Stands around the host's listener for batches, and takes each batch as a list, in whichever form the host's listener wants it. */
abstract class AroundBatchListener<K, V> extends SeekAwareListener
        implements BatchAcknowledgingConsumerAwareMessageListener<K, V> {

    final BatchCall<K, V> call;

    AroundBatchListener(BatchMessageListener<K, V> listener, Listening listening) {
        super(listener, !listening.isOfRetries());
        this.call = new BatchCall<>(listener, ListenerUtils.determineListenerType(listener));
    }

    @Override
    public final boolean wantsPollResult() {
        return call.listener().wantsPollResult();
    }

    @Override
    public final void onMessage(
            ConsumerRecords<K, V> records, @Nullable Acknowledgment acknowledgment, Consumer<K, V> consumer) {
        List<ConsumerRecord<K, V>> list = new ArrayList<>(records.count());
        records.forEach(list::add);
        onMessage(list, acknowledgment, consumer);
    }
}
