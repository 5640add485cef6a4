package io.github.resiliencestarter.test.docs;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.network.BlackHole;
import io.github.resiliencestarter.test.network.Latency;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

// tag::server[]
@WithKafka
class BrokerOutageIntegrationTests {

    @Test
    @RequiresCapability(Capability.KILL)
    void what_was_acknowledged_survives_the_death_of_the_broker(KafkaServer kafka) throws Exception {
        String topic = send(kafka, "invoice");
        kafka.kill();
        kafka.start();
        assertThat(read(kafka, topic)).containsExactly("invoice");
    }
    // end::server[]

    @Test
    void a_network_that_fails_comes_back(KafkaServer kafka) throws Exception {
        // tag::network[]
        kafka.proxy().apply(new Latency(ofMillis(50)).withJitter(ofMillis(20), 42)); // slow, both ways
        kafka.proxy().apply(new BlackHole()); // and now nothing arrives, and nobody is told
        kafka.proxy().heal(); // done after each test
        // end::network[]
        assertThat(read(kafka, send(kafka, "invoice"))).containsExactly("invoice");
    }

    private static String send(KafkaServer kafka, String value) throws Exception {
        String topic = "invoices-" + UUID.randomUUID();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
        return topic;
    }

    private static List<String> read(KafkaServer kafka, String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            List<String> values = new ArrayList<>();
            Awaitility.await().atMost(ofSeconds(30)).until(() -> {
                consumer.poll(ofMillis(200)).forEach(found -> values.add(found.value()));
                return !values.isEmpty();
            });
            return values;
        }
    }
    // tag::server[]
}
// end::server[]
