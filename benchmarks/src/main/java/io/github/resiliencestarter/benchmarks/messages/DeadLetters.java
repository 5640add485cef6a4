package io.github.resiliencestarter.benchmarks.messages;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is in a dead letter topic.
 *
 * @param numbers which records they were
 * @param times when the broker got them, the earliest first, in milliseconds since 1970
 */
record DeadLetters(BitSet numbers, List<Long> times) {

    static DeadLetters read(String bootstrapServers, String topic, long count) {
        BitSet numbers = new BitSet();
        List<Long> times = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Topics.partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (times.size() < count) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofSeconds(1))) {
                    numbers.set(ByteBuffer.wrap(letter.key()).getInt());
                    times.add(letter.timestamp());
                }
            }
        }
        times.sort(null);
        return new DeadLetters(numbers, times);
    }

    int count() {
        return times.size();
    }

    /** When there were so many; 0 if there were not. */
    long timeOf(int letters) {
        return letters > 0 && letters <= times.size() ? times.get(letters - 1) : 0;
    }

    /** Whether these are poison records, each once: all of them, or some of them where only the first records are measured. */
    boolean areExactly(Load load) {
        BitSet poison = load.poisonNumbers();
        BitSet others = (BitSet) numbers.clone();
        others.andNot(poison);
        return others.isEmpty()
                && numbers.cardinality() == count()
                && (load.isWhole() ? numbers.equals(poison) : count() >= load.measuredPoison());
    }
}
