package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.network.BlackHole;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.network.Reset;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.FixedBackOff;

@WithKafka
@Timeout(300)
class KafkaConservationIntegrationTests {

    private static final String GROUP = "billing";
    private static final int PARTITIONS = 3;
    /** So long nothing more has come when some are lost. */
    private static final Duration QUIET = Duration.ofSeconds(4);

    private final KafkaServer kafka;
    private final String topic = "orders-" + UUID.randomUUID();
    private final String deadLetters = topic + "-dlt";
    private final KafkaTransport transport;

    KafkaConservationIntegrationTests(KafkaServer kafka) throws Exception {
        this.kafka = kafka;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(topic, PARTITIONS, (short) 1),
                            new NewTopic(deadLetters, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        transport = new KafkaTransport(kafka.bootstrapServers(), topic, GROUP).deadLetters(deadLetters);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    @RequiresCapability({Capability.KILL, Capability.PAUSE})
    void a_plain_client_that_commits_what_it_has_processed_loses_nothing() {
        PlainKafkaConsumer consumer = plainConsumer();
        PlainKafkaConsumer second = plainConsumer();
        consumer.start();
        // tag::conservation[]
        ConservationReport report = Conservation.of(transport)
                .messages(10_000)
                .disrupt(
                        Disruption.kill(kafka.node(0)),
                        Disruption.pause(kafka.node(0)),
                        Disruption.network(kafka.proxy(), new Cut()),
                        Disruption.network(kafka.proxy(), new BlackHole()),
                        Disruption.network(kafka.proxy(), new Reset()),
                        Disruption.of("crash of the consumer", consumer::crash, consumer::start),
                        Disruption.of("rebalance", second::start, second::crash))
                .stopConsumers(consumer::crash)
                .run();
        assertThat(report).isConserved().wasDisrupted(7);
        // end::conservation[]
        assertThat(report.processed().size()).isGreaterThan(5_000);
    }

    @Test
    @RequiresCapability(Capability.KILL)
    void a_recoverer_that_swallows_failures_is_found_out_number_by_number() {
        long[] poison =
                LongStream.rangeClosed(1, 5_000).filter(n -> n % 997 == 0).toArray();
        ConservationReport report = runStockContainer((message, failure) -> {}, poison);
        assertThat(report).hasLostExactly(poison).wasDisrupted(1);
        assertThatThrownBy(() -> assertThat(report).isConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lost (5): 997, 1994, 2991, 3988, 4985")
                .hasMessageContaining("kill -9 of kafka-1");
    }

    @Test
    @RequiresCapability(Capability.KILL)
    void a_recoverer_that_publishes_dead_letters_loses_nothing() {
        long[] poison =
                LongStream.rangeClosed(1, 5_000).filter(n -> n % 997 == 0).toArray();
        DefaultKafkaProducerFactory<byte[], byte[]> producers = new DefaultKafkaProducerFactory<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        ConservationReport report = runStockContainer(
                new DeadLetterPublishingRecoverer(
                        new KafkaTemplate<>(producers),
                        (message, failure) -> new TopicPartition(deadLetters, message.partition())),
                poison);
        producers.destroy();
        assertThat(report).isConserved();
        assertThat(report.deadLettered().stream().toArray()).isEqualTo(poison);
    }

    /** Of the numbers given the listener throws. */
    private ConservationReport runStockContainer(ConsumerRecordRecoverer recoverer, long[] poison) {
        Numbers poisonous = Numbers.of(poison);
        ContainerProperties properties = new ContainerProperties(topic);
        properties.setGroupId(GROUP);
        properties.setMessageListener((MessageListener<byte[], byte[]>) message -> {
            long number = KafkaTransport.number(message);
            if (poisonous.contains(number)) {
                throw new IllegalStateException("poison: " + number);
            }
            transport.processed().add(number);
        });
        ConcurrentMessageListenerContainer<byte[], byte[]> container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        new HashMap<>(PlainKafkaConsumer.settings(kafka.bootstrapServers(), GROUP)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                properties);
        container.setConcurrency(PARTITIONS);
        container.setCommonErrorHandler(new DefaultErrorHandler(recoverer, new FixedBackOff(0, 1)));
        container.start();
        return Conservation.of(transport)
                .messages(5_000)
                .disrupt(Disruption.kill(kafka.node(0)))
                .settleWithin(Duration.ofSeconds(60), QUIET)
                .stopConsumers(container::stop)
                .run();
    }

    private PlainKafkaConsumer plainConsumer() {
        return new PlainKafkaConsumer(
                kafka.bootstrapServers(),
                topic,
                GROUP,
                // tag::processed[]
                message -> transport.processed().add(KafkaTransport.number(message))
                // end::processed[]
                );
    }
}
