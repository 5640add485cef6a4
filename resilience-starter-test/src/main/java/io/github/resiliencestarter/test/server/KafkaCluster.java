package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * The brokers of a cluster, each a controller too, and what is written into their {@code server.properties}.
 *
 * @param id of the cluster, as its storage wants it
 */
record KafkaCluster(String id, List<Broker> brokers) {

    /** Clients come by a proxy to {@code client}; the brokers reach each other, and we them, by {@code inner}. */
    record Broker(int id, int client, int inner, int controller) {}

    static KafkaCluster of(int nodes) {
        return new KafkaCluster(
                Uuid.randomUuid().toString(),
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(id -> new Broker(id, Ports.free(), Ports.free(), Ports.free()))
                        .toList());
    }

    Properties properties(Broker broker, Path data, int advertised) {
        Properties properties = new Properties();
        Stream.of(
                        """
                        process.roles=broker,controller
                        node.id=%d
                        log.dirs=%s
                        controller.quorum.voters=%s
                        listeners=INNER://127.0.0.1:%d,CLIENT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                        advertised.listeners=INNER://127.0.0.1:%d,CLIENT://127.0.0.1:%d
                        listener.security.protocol.map=INNER:PLAINTEXT,CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                        inter.broker.listener.name=INNER
                        controller.listener.names=CONTROLLER
                        """.formatted(
                                        broker.id(),
                                        data,
                                        voters(),
                                        broker.inner(),
                                        broker.client(),
                                        broker.controller(),
                                        broker.inner(),
                                        advertised),
                        replication(),
                        // short sessions: a broker that was killed may come back only when the old one has been given
                        // up
                        """
                        broker.session.timeout.ms=1500
                        broker.heartbeat.interval.ms=300
                        group.initial.rebalance.delay.ms=0
                        offsets.topic.num.partitions=4
                        transaction.state.log.num.partitions=4
                        share.coordinator.state.topic.num.partitions=4
                        log.cleaner.dedupe.buffer.size=2097152
                        num.network.threads=2
                        num.io.threads=4
                        """)
                .flatMap(String::lines)
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    properties.setProperty(line.substring(0, equals), line.substring(equals + 1));
                });
        return properties;
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

    private String voters() {
        return brokers.stream()
                .map(broker -> broker.id() + "@127.0.0.1:" + broker.controller())
                .collect(Collectors.joining(","));
    }

    static void write(Properties properties, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }
}
