package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaServerIntegrationTests {

    private final KafkaServer kafka = Servers.kafka();

    @AfterEach
    void heal() {
        kafka.heal();
    }

    @Test
    void what_was_acknowledged_is_all_read_back_after_kill_9() throws Exception {
        KafkaClients clients = KafkaClients.of(kafka, 1);
        List<Integer> acknowledged;
        try (KafkaProducer<Integer, Integer> producer = clients.producer(Duration.ofSeconds(30))) {
            acknowledged = new ArrayList<>(clients.send(producer, 0, 500));
            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            kafka.start();
            acknowledged.addAll(clients.send(producer, 500, 600));
        }
        assertThat(acknowledged).hasSize(600);
        assertThat(clients.readAll()).containsAll(acknowledged);
    }

    @Test
    void paused_it_does_not_answer_and_resumed_it_does() throws Exception {
        KafkaClients clients = KafkaClients.of(kafka, 1);
        try (KafkaProducer<Integer, Integer> producer = clients.producer(Duration.ofSeconds(2))) {
            clients.send(producer, 0, 1);
            kafka.pause();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> clients.send(producer, 1, 2))
                    .withCauseInstanceOf(TimeoutException.class);
            kafka.resume();
        }
        try (KafkaProducer<Integer, Integer> producer = clients.producer(Duration.ofSeconds(30))) {
            clients.send(producer, 2, 3);
        }
        assertThat(clients.readAll()).contains(0, 2);
    }

    @Test
    void a_restart_keeps_the_address_and_the_records() throws Exception {
        KafkaClients clients = KafkaClients.of(kafka, 1);
        try (KafkaProducer<Integer, Integer> producer = clients.producer(Duration.ofSeconds(30))) {
            clients.send(producer, 0, 10);
        }
        String before = kafka.bootstrapServers();
        kafka.restart();

        assertThat(kafka.bootstrapServers()).isEqualTo(before);
        assertThat(clients.readAll()).hasSize(10);
    }
}
