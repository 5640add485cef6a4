package io.github.resiliencestarter.kafka.consumer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A listener that passes over what is held, and asks the test about the rest. */
public final class Processed implements Consumer<ConsumerRecord<String, String>> {

    private record Place(TopicPartition partition, long offset) {}

    private final List<Place> places = new CopyOnWriteArrayList<>();
    private final BiPredicate<ConsumerGuard, ConsumerRecord<String, String>> process;

    /** @param process whether the record was processed; false for held */
    public Processed(BiPredicate<ConsumerGuard, ConsumerRecord<String, String>> process) {
        this.process = process;
    }

    @Override
    public void accept(ConsumerRecord<String, String> record) {
        ConsumerGuard guard = ConsumerGuard.current();
        TopicPartition partition = partition(record);
        if (!guard.isHeld(partition, record.offset()) && process.test(guard, record)) {
            places.add(new Place(partition, record.offset()));
        }
    }

    public static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** The offsets of this partition, in the order in which they were processed. */
    public List<Long> of(TopicPartition partition) {
        return places.stream()
                .filter(place -> place.partition().equals(partition))
                .map(Place::offset)
                .toList();
    }
}
