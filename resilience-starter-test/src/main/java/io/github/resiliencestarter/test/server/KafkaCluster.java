package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * The brokers of a cluster, each a controller too, and what is written into their {@code server.properties}.
 *
 * @param id of the cluster, as its storage wants it
 * @param binding the address that brokers listen at
 */
record KafkaCluster(String id, String binding, List<Broker> brokers) {

    private static final String THIS_MACHINE = "127.0.0.1";

    /** Short sessions: a broker that was killed may come back only when the old one has been given up. */
    private static final String PACE = """
            broker.session.timeout.ms=1500
            broker.heartbeat.interval.ms=300
            group.initial.rebalance.delay.ms=0
            offsets.topic.num.partitions=4
            transaction.state.log.num.partitions=4
            share.coordinator.state.topic.num.partitions=4
            log.cleaner.dedupe.buffer.size=2097152
            num.network.threads=2
            num.io.threads=4
            """;

    /** Clients come by a proxy to {@code client}; the brokers reach each other, and we them, by {@code inner}. */
    record Broker(int id, String host, int client, int inner, int controller) {

        String name() {
            return "kafka-" + id;
        }
    }

    static KafkaCluster onThisMachine(int nodes) {
        return of(nodes, THIS_MACHINE, id -> new Broker(id, THIS_MACHINE, Ports.free(), Ports.free(), Ports.free()));
    }

    /** In a network of containers, each of which has the name of its broker. */
    static KafkaCluster inContainers(int nodes) {
        return of(nodes, "0.0.0.0", id -> new Broker(id, "kafka-" + id, 9092, 19092, 9093));
    }

    private static KafkaCluster of(int nodes, String binding, IntFunction<Broker> broker) {
        return new KafkaCluster(
                Uuid.randomUuid().toString(),
                binding,
                IntStream.rangeClosed(1, nodes).mapToObj(broker).toList());
    }

    /** The port that clients are told is {@code advertised}, the proxy's. */
    Properties properties(Broker broker, String data, int advertised) {
        Properties properties = new Properties();
        Stream.of(identity(broker, data), listeners(broker, advertised), replication(), PACE)
                .flatMap(String::lines)
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    properties.setProperty(line.substring(0, equals), line.substring(equals + 1));
                });
        return properties;
    }

    private String identity(Broker broker, String data) {
        String voters = brokers.stream()
                .map(voter -> voter.id() + "@" + voter.host() + ":" + voter.controller())
                .collect(Collectors.joining(","));
        return """
                process.roles=broker,controller
                node.id=%d
                log.dirs=%s
                controller.quorum.voters=%s
                """.formatted(broker.id(), data, voters);
    }

    private String listeners(Broker broker, int advertised) {
        return """
                listeners=INNER://%1$s:%3$d,CLIENT://%1$s:%4$d,CONTROLLER://%1$s:%5$d
                advertised.listeners=INNER://%2$s:%3$d,CLIENT://127.0.0.1:%6$d
                listener.security.protocol.map=INNER:PLAINTEXT,CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=INNER
                controller.listener.names=CONTROLLER
                """.formatted(binding, broker.host(), broker.inner(), broker.client(), broker.controller(), advertised);
    }

    private String replication() {
        int replicas = Math.min(3, brokers.size());
        int inSync = Math.max(1, replicas - 1);
        return """
                default.replication.factor=%1$d
                min.insync.replicas=%2$d
                offsets.topic.replication.factor=%1$d
                transaction.state.log.replication.factor=%1$d
                transaction.state.log.min.isr=%2$d
                share.coordinator.state.topic.replication.factor=%1$d
                share.coordinator.state.topic.min.isr=%2$d
                """.formatted(replicas, inSync);
    }

    static void write(Properties properties, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }
}
