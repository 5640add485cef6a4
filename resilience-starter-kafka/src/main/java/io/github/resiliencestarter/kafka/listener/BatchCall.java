package io.github.resiliencestarter.kafka.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ListenerType;
import org.springframework.kafka.support.Acknowledgment;

/** How the host's listener takes a batch. Thread-safe. */
record BatchCall<K, V>(BatchMessageListener<K, V> listener, ListenerType type) {

    @SuppressWarnings("unchecked") // the consumer of a listener reads its keys and values
    void attempt(List<ConsumerRecord<K, V>> records, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        if (listener.wantsPollResult()) {
            listener.onMessage(together(records), acknowledgment, (Consumer<K, V>) consumer);
            return;
        }
        switch (type) {
            case ACKNOWLEDGING_CONSUMER_AWARE -> listener.onMessage(records, acknowledgment, consumer);
            case ACKNOWLEDGING -> listener.onMessage(records, acknowledgment);
            case CONSUMER_AWARE -> listener.onMessage(records, consumer);
            case SIMPLE -> listener.onMessage(records);
        }
    }

    @SuppressWarnings("deprecation") // the constructor that replaces it is not in all versions of the client
    static <K, V> ConsumerRecords<K, V> together(List<ConsumerRecord<K, V>> records) {
        Map<TopicPartition, List<ConsumerRecord<K, V>>> byPartition = new LinkedHashMap<>();
        records.forEach(record -> byPartition
                .computeIfAbsent(Listening.partition(record), any -> new ArrayList<>())
                .add(record));
        return new ConsumerRecords<>(byPartition);
    }
}
