package io.github.resiliencestarter.kafka.consumer;

import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

/** A topic of two partitions on a real broker, and containers of one group whose consumers are guarded. */
public final class GuardedTopic implements AutoCloseable {

    private static final GuardSettings IMPATIENT = new GuardSettings(Duration.ofSeconds(1), Duration.ofSeconds(5));

    static final Duration ACK_TIME = Duration.ofMillis(1_500);

    public final String group = "group-" + UUID.randomUUID();
    public final TopicPartition one;
    public final TopicPartition two;
    private final String servers;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;
    private final List<KafkaMessageListenerContainer<String, String>> containers = new ArrayList<>();

    public GuardedTopic(KafkaServer kafka) throws Exception {
        servers = kafka.bootstrapServers();
        String topic = "orders-" + UUID.randomUUID();
        one = new TopicPartition(topic, 0);
        two = new TopicPartition(topic, 1);
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 0), new StringSerializer(), new StringSerializer());
    }

    public void send(TopicPartition partition, int records) {
        IntStream.range(0, records)
                .mapToObj(i ->
                        producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), "k", "v" + i)))
                .toList()
                .forEach(sent -> {
                    try {
                        sent.get();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** What the group has committed; -1 for nothing. */
    public long committed(TopicPartition partition) throws Exception {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition);
        return offset == null ? -1 : offset.offset();
    }

    org.apache.kafka.clients.consumer.Consumer<String, String> consumer() {
        return factory().createConsumer();
    }

    public KafkaMessageListenerContainer<String, String> start(
            AckMode mode, Consumer<ConsumerRecord<String, String>> listener) {
        ContainerProperties properties = new ContainerProperties(one.topic());
        properties.setAckMode(mode);
        properties.setAckTime(ACK_TIME.toMillis());
        properties.setPollTimeout(500);
        properties.setMessageListener((MessageListener<String, String>) listener::accept);
        KafkaMessageListenerContainer<String, String> container =
                new KafkaMessageListenerContainer<>(factory(), properties);
        containers.add(container);
        container.start();
        return container;
    }

    private DefaultKafkaConsumerFactory<String, String> factory() {
        DefaultKafkaConsumerFactory<String, String> factory = new DefaultKafkaConsumerFactory<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "heartbeat.interval.ms",
                        200),
                new StringDeserializer(),
                new StringDeserializer());
        factory.addPostProcessor(consumer -> ConsumerGuard.guard(consumer, IMPATIENT));
        return factory;
    }

    /** Stops all containers. */
    public void stop() {
        containers.forEach(KafkaMessageListenerContainer::stop);
    }

    @Override
    public void close() {
        stop();
        producer.close();
        admin.close();
    }
}
