package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaIntegrationTests {

    private static final KafkaServer KAFKA = new KafkaProvider().create(Mode.EMBEDDED, 1);

    @BeforeAll
    static void start() {
        KAFKA.start();
    }

    @AfterAll
    static void stop() {
        KAFKA.stop();
    }

    @Test
    void a_restart_keeps_the_address_and_the_records() throws Exception {
        KafkaClients clients = KafkaClients.of(KAFKA, 1);
        List<Integer> acknowledged;
        try (KafkaProducer<Integer, Integer> producer = clients.producer(Duration.ofSeconds(30))) {
            acknowledged = clients.send(producer, 0, 10);
        }
        KAFKA.restart();

        assertThat(clients.readAll()).containsAll(acknowledged);
    }

    @Test
    void what_it_cannot_do_names_the_capability_and_the_remedy() {
        assertThat(KAFKA.capabilities()).containsExactly(Capability.RESTART);
        assertThatThrownBy(KAFKA::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("KILL")
                .hasMessageContaining("resilience.test.brokers.kafka=local");
        assertThatThrownBy(KAFKA::pause)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("PAUSE");
    }
}
