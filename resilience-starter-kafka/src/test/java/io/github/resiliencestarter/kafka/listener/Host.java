package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** A service that consumes a topic of its own, and what a test needs to look at it from outside. */
public final class Host implements AutoCloseable {

    /** A consumer that is closed waits for the answer to its last question. */
    private static final String SHORT_FETCH = "50";

    private final KafkaServer kafka;
    private final Admin admin;
    private final String topic = "orders-" + UUID.randomUUID();
    private final String group = "shop-" + UUID.randomUUID();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<Class<?>> sources = new ArrayList<>();
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    private Host(KafkaServer kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(connection());
    }

    /** With a topic of so many partitions, and its dead letter topic. */
    public static Host of(KafkaServer kafka, int partitions, Class<?>... sources) {
        Host host = new Host(kafka);
        host.sources.add(Application.class);
        host.sources.addAll(List.of(sources));
        host.create(host.topic, partitions);
        host.create(host.topic + "-dlq", partitions);
        host.with("spring.main.banner-mode", "off")
                .with("spring.kafka.bootstrap-servers", kafka.bootstrapServers())
                .with("spring.kafka.consumer.group-id", host.group)
                .with("spring.kafka.consumer.auto-offset-reset", "earliest")
                .with("spring.kafka.consumer.fetch-max-wait", SHORT_FETCH + "ms")
                .with("spring.kafka.consumer.heartbeat-interval", "300ms")
                .with("resilience.kafka.consumer.retry.backoff.delay", "10ms")
                .with("resilience.kafka.parking.enabled", "false")
                .with("test.topic", host.topic);
        return host;
    }

    public Host with(String property, Object value) {
        properties.put(property, value.toString());
        return this;
    }

    /** Another instance of the service, where there is one already. */
    public Host start() {
        contexts.add(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new))
                .run());
        return this;
    }

    public void create(String name, int partitions) {
        try {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Map<String, Object> connection() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    public String topic() {
        return topic;
    }

    public String group() {
        return group;
    }

    public <T> T bean(Class<T> type) {
        return contexts.get(contexts.size() - 1).getBean(type);
    }

    public MessageListenerContainer container() {
        return bean(KafkaListenerEndpointRegistry.class)
                .getListenerContainers()
                .iterator()
                .next();
    }

    /** Sends them to partition 0, and waits until the broker has them. */
    public Host send(String... values) {
        return sendTo(0, values);
    }

    public Host sendTo(int partition, String... values) {
        send(Arrays.stream(values).map(value -> new ProducerRecord<>(topic, partition, "key", value)));
        return this;
    }

    public void sendToTopic(String name, String value) {
        send(Stream.of(new ProducerRecord<>(name, value)));
    }

    public Host sendWith(String value, Header... headers) {
        send(Stream.of(new ProducerRecord<>(topic, 0, "key", value, List.of(headers))));
        return this;
    }

    private void send(Stream<ProducerRecord<String, String>> records) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(connection(), new StringSerializer(), new StringSerializer())) {
            records.forEach(producer::send);
            producer.flush();
        }
    }

    /** The values of all dead letters. */
    public List<String> deadLetters() {
        return deadLetterRecords().stream().map(ConsumerRecord::value).toList();
    }

    public List<ConsumerRecord<String, String>> deadLetterRecords() {
        return read(topic + "-dlq");
    }

    /**
     * The values of all records of a topic that are committed, so far as every transaction before them has ended: to be waited for,
     * because the broker says that one has before its readers hear of it.
     */
    public List<String> committedValues(String name) {
        return read(name, "read_committed").stream().map(ConsumerRecord::value).toList();
    }

    public List<ConsumerRecord<String, String>> records(String name) {
        return read(name);
    }

    private List<ConsumerRecord<String, String>> read(String name) {
        return read(name, "read_uncommitted");
    }

    private List<ConsumerRecord<String, String>> read(String name, String isolation) {
        Map<String, Object> settings = new HashMap<>(connection());
        settings.put("isolation.level", isolation);
        settings.put("fetch.max.wait.ms", SHORT_FETCH);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** The offset from which the group would go on after a crash; 0 if it has committed none. */
    public long committed(int partition) {
        try {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? 0 : offset.offset();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the service, as a deployment does. */
    public void stop() {
        contexts.forEach(ConfigurableApplicationContext::close);
        contexts.clear();
    }

    @Override
    public void close() {
        stop();
        admin.close();
    }

    /** {@code a1, a2, a3}. */
    static String[] values(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {}
}
