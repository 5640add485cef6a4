package io.github.resiliencestarter.kafka.conservation;

import io.github.resiliencestarter.test.conservation.ConsumerProcess;
import io.github.resiliencestarter.test.conservation.Disruption;
import io.github.resiliencestarter.test.conservation.Repeats;
import io.github.resiliencestarter.test.network.BlackHole;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.network.Reset;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.Node;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What goes wrong: each kind as often as a test wants it. */
final class Faults {

    private final KafkaServer kafka;
    private final PostgresServer postgres;
    private final ConsumerProcess consumer;
    private final ConsumerProcess second;
    private final Repeats repeats;
    private final String topic;
    private int next;

    Faults(
            KafkaServer kafka,
            PostgresServer postgres,
            ConsumerProcess consumer,
            ConsumerProcess second,
            Repeats repeats,
            String topic) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.consumer = consumer;
        this.second = second;
        this.repeats = repeats;
        this.topic = topic;
    }

    /** One broker after the other. */
    Disruption broker() {
        return repeats.after("a broker's death", Disruption.kill(nextNode()));
    }

    /** Whoever leads the first partition when it happens. */
    Disruption leader() {
        Node[] killed = new Node[1];
        return repeats.after(
                "a leader's death",
                Disruption.of(
                        "kill -9 of the leader of " + topic + "-0",
                        () -> {
                            killed[0] = kafka.node(leaderIndex());
                            killed[0].kill();
                        },
                        () -> killed[0].start()));
    }

    Disruption cut() {
        return repeats.after("a network cut", Disruption.network(nextNode().proxy(), new Cut()));
    }

    Disruption reset() {
        return repeats.after("a network cut", Disruption.network(nextNode().proxy(), new Reset()));
    }

    Disruption blackHole() {
        return repeats.after("a silent network", Disruption.network(nextNode().proxy(), new BlackHole()));
    }

    Disruption consumer() {
        return repeats.after(
                "the consumer's death",
                Disruption.of("kill -9 of the consumer's JVM", consumer::kill, consumer::start));
    }

    Disruption rebalance() {
        return repeats.after(
                "a rebalance", Disruption.of("a second consumer comes and goes", second::start, second::stop));
    }

    Disruption database() {
        return repeats.after("the database's death", Disruption.kill(postgres.node(0)));
    }

    Disruption databaseCut() {
        return repeats.after("a cut to the database", Disruption.network(postgres.proxy(), new Cut()));
    }

    private Node nextNode() {
        return kafka.node(next++ % kafka.nodes().size());
    }

    private int leaderIndex() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            return admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions()
                            .get(0)
                            .leader()
                            .id()
                    - 1;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
