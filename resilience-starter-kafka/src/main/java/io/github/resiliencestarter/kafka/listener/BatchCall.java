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
import org.springframework.kafka.listener.adapter.AbstractFilteringMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/** How the host's listener takes a batch. Thread-safe. */
record BatchCall<K, V>(BatchMessageListener<K, V> listener, ListenerType type) {

    /** Which of these records has failed, where the listener says it; else -1. Behind a filter it counts only what is left, so a number says nothing. */
    int failed(Throwable failure, List<ConsumerRecord<K, V>> records) {
        boolean filtered = Listeners.unadvised(listener) instanceof AbstractFilteringMessageListener;
        return filtered ? FailedIndex.named(failure, records) : FailedIndex.in(failure, records);
    }

    @SuppressWarnings("unchecked") // the consumer of a listener reads its keys and values
    void attempt(List<ConsumerRecord<K, V>> records, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        if (listener.wantsPollResult()) {
            listener.onMessage(together(records), acknowledgment, (Consumer<K, V>) consumer);
            return;
        }
        // Its own list: filters, and listeners, take out of it what they have dealt with, and it may come again.
        List<ConsumerRecord<K, V>> own = new ArrayList<>(records);
        switch (type) {
            case ACKNOWLEDGING_CONSUMER_AWARE -> listener.onMessage(own, acknowledgment, consumer);
            case ACKNOWLEDGING -> listener.onMessage(own, acknowledgment);
            case CONSUMER_AWARE -> listener.onMessage(own, consumer);
            case SIMPLE -> listener.onMessage(own);
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
