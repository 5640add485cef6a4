package io.github.resiliencestarter.test.server;

import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

/** Where Kafka comes from: its own jars, but for containers. */
final class KafkaProvider implements Provider<KafkaServer> {

    @Override
    public Kind kind() {
        return Kind.KAFKA;
    }

    @Override
    public @Nullable String absence(Mode mode, int nodes) {
        if (mode == Mode.DOCKER) {
            return Containers.absence();
        }
        if (!isPresent("kafka.Kafka")) {
            return "its jars are not on the class path; add the test dependency org.apache.kafka:kafka_2.13";
        }
        if (mode == Mode.LOCAL) {
            return Reaper.isPossible() ? null : "there is no /bin/sh to start processes with";
        }
        return nodes == 1 ? null : "a JVM runs one broker, not " + nodes;
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, KafkaProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public KafkaServer create(Mode mode, int nodes) {
        if (mode == Mode.DOCKER) {
            return Containers.kafka(nodes);
        }
        KafkaCluster cluster = KafkaCluster.onThisMachine(nodes);
        return new KafkaServer(
                mode,
                AppInfoParser.getVersion(),
                cluster.brokers().stream()
                        .map(broker -> node(mode, cluster, broker))
                        .toList());
    }

    private static Node node(Mode mode, KafkaCluster cluster, KafkaCluster.Broker broker) {
        return mode == Mode.EMBEDDED
                ? new EmbeddedKafka(cluster, broker)
                : new LocalNode(broker.name(), new KafkaRecipe(cluster, broker));
    }
}
