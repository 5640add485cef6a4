package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaClusterIntegrationTests {

    private final KafkaServer kafka = Servers.kafka(3);

    @AfterEach
    void heal() {
        kafka.heal();
    }

    @Test
    void writes_go_on_without_the_leader_and_nothing_acknowledged_is_lost() throws Exception {
        KafkaClients clients = KafkaClients.of(kafka, 3);
        List<Integer> acknowledged;
        Node leader;
        try (KafkaProducer<Integer, Integer> producer = clients.producer(Duration.ofSeconds(60))) {
            acknowledged = new ArrayList<>(clients.send(producer, 0, 200));
            leader = leader(clients.topic());
            leader.kill();
            acknowledged.addAll(clients.send(producer, 200, 400));
        }
        assertThat(leader.isRunning()).isFalse();
        assertThat(kafka.nodes()).filteredOn(Node::isRunning).hasSize(2);
        assertThat(clients.readAll()).hasSize(400).containsAll(acknowledged);

        leader.start();
        assertThat(clients.readAll()).containsAll(acknowledged);
    }

    @Test
    void all_nodes_can_be_killed_at_once() throws Exception {
        KafkaClients clients = KafkaClients.of(kafka, 3);
        List<Integer> acknowledged;
        try (KafkaProducer<Integer, Integer> producer = clients.producer(Duration.ofSeconds(60))) {
            acknowledged = clients.send(producer, 0, 100);
        }
        kafka.kill();
        kafka.start();

        assertThat(clients.readAll()).containsAll(acknowledged);
    }

    private Node leader(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            int id = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(20, TimeUnit.SECONDS)
                    .get(topic)
                    .partitions()
                    .get(0)
                    .leader()
                    .id();
            return kafka.node(id - 1);
        }
    }
}
