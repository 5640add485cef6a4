package io.github.resiliencestarter.test.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;

/** Plain clients. */
record KafkaClients(String bootstrapServers, String topic) {

    static KafkaClients of(KafkaServer kafka, int replicas) throws Exception {
        KafkaClients clients = new KafkaClients(kafka.bootstrapServers(), "orders-" + UUID.randomUUID());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(clients.topic(), 1, (short) replicas)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        return clients;
    }

    /** A producer that gives up after the given time. */
    KafkaProducer<Integer, Integer> producer(Duration limit) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "request.timeout.ms",
                        (int) limit.toMillis() / 2,
                        "max.block.ms",
                        limit.toMillis(),
                        "delivery.timeout.ms",
                        (int) limit.toMillis()),
                new IntegerSerializer(),
                new IntegerSerializer());
    }

    /** Returns what was acknowledged. */
    List<Integer> send(KafkaProducer<Integer, Integer> producer, int from, int to) throws Exception {
        List<Integer> acknowledged = new ArrayList<>();
        for (int i = from; i < to; i++) {
            producer.send(new ProducerRecord<>(topic, i, i)).get();
            acknowledged.add(i);
        }
        return acknowledged;
    }

    /** Reads from the beginning to the present end. */
    Set<Integer> readAll() {
        Set<Integer> numbers = new TreeSet<>();
        try (KafkaConsumer<Integer, Integer> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new IntegerDeserializer(),
                new IntegerDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> numbers.add(record.value()));
            }
        }
        return new HashSet<>(numbers);
    }
}
