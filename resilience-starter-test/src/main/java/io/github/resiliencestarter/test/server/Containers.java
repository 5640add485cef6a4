package io.github.resiliencestarter.test.server;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/** The servers as containers of their makers' images. */
final class Containers {

    private static final String POSTGRES = "16-alpine";
    private static final String MARIADB = "10.11";
    private static final String REDIS = "7.4-alpine";
    private static final String RABBIT = "4.1-alpine";

    private Containers() {}

    /** Why there are none; null if there are. */
    static @Nullable String absence() {
        return Docker.absence();
    }

    static RedisServer redis() {
        Node node = new ContainerNode(
                "redis-1",
                6379,
                proxy -> image("redis", REDIS)
                        .withCommand("redis-server", "--save", "", "--appendonly", "yes", "--appendfsync", "no"),
                (address, log) -> RedisRecipe.isServing(address));
        return new RedisServer(Mode.DOCKER, REDIS, node);
    }

    static PostgresServer postgres() {
        Node node = new ContainerNode(
                "postgres-1",
                5432,
                proxy -> image("postgres", POSTGRES)
                        .withEnv("POSTGRES_PASSWORD", PostgresServer.PASSWORD)
                        .withCommand("postgres", "-c", "fsync=off"),
                (address, log) -> PostgresRecipe.isServing(address));
        return new PostgresServer(Mode.DOCKER, POSTGRES, node);
    }

    static MariaDbServer mariadb() {
        Node node = new ContainerNode(
                "mariadb-1",
                3306,
                proxy -> image("mariadb", MARIADB)
                        .withEnv("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "yes")
                        .withEnv("MARIADB_DATABASE", MariaDbServer.DATABASE)
                        .withCommand("mariadbd", "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=2"),
                (address, log) -> MariaDbRecipe.isServing(address));
        return new MariaDbServer(Mode.DOCKER, MARIADB, node);
    }

    static RabbitServer rabbit() {
        ContainerNode node = new ContainerNode(
                "rabbit-1",
                5672,
                proxy -> image("rabbitmq", RABBIT),
                (address, log) -> RabbitRecipe.isServing(address));
        return new RabbitServer(Mode.DOCKER, RABBIT, List.of(node), arguments -> node.output("rabbitmqctl", arguments));
    }

    /** The version is that of the clients. */
    static KafkaServer kafka(int nodes) {
        String version = AppInfoParser.getVersion();
        KafkaCluster cluster = KafkaCluster.inContainers(nodes);
        Network network = Network.newNetwork();
        List<ContainerNode> members = cluster.brokers().stream()
                .map(broker -> new ContainerNode(
                        broker.name(),
                        broker.client(),
                        proxy -> image("apache/kafka", version)
                                .withNetwork(network)
                                .withNetworkAliases(broker.host())
                                .withEnv(environment(cluster, broker, proxy)),
                        // only its log tells when it serves, past a proxy that may be cut: it sends clients there
                        (address, log) -> log.contains("Kafka Server started")))
                .toList();
        return new KafkaServer(Mode.DOCKER, version, members);
    }

    private static Map<String, String> environment(KafkaCluster cluster, KafkaCluster.Broker broker, int proxy) {
        Map<String, String> environment = new HashMap<>();
        cluster.properties(broker, "/tmp/kafka-data", proxy)
                .forEach((key, value) -> environment.put(
                        "KAFKA_" + key.toString().toUpperCase(Locale.ROOT).replace('.', '_'), value.toString()));
        environment.put("CLUSTER_ID", cluster.id());
        environment.put("KAFKA_HEAP_OPTS", "-Xmx256m");
        return environment;
    }

    private static GenericContainer<?> image(String name, String tag) {
        return new GenericContainer<>(DockerImageName.parse(name).withTag(tag));
    }
}
