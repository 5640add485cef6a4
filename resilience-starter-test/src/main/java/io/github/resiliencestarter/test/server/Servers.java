package io.github.resiliencestarter.test.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers of this JVM: one for each kind and number of nodes, started when it is asked for the first time, and ended with the
 * JVM, however that ends. Where it runs is chosen by {@code resilience.test.brokers}: in a container if Docker answers, else as a
 * process of this machine, else in the JVM. Thread-safe.
 *
 * <p>All methods throw a {@link ServerUnavailableException} if the server cannot be had on this machine, and another {@link
 * ServerException} if it does not start.
 */
public final class Servers {

    private static final Map<String, SharedServer<?>> SHARED = new ConcurrentHashMap<>();

    private Servers() {}

    /** Kafka with one broker. */
    public static KafkaServer kafka() {
        return kafka(1);
    }

    /** A Kafka cluster. */
    public static KafkaServer kafka(int nodes) {
        return get(new KafkaProvider(), nodes);
    }

    public static PostgresServer postgres() {
        return get(new PostgresProvider(), 1);
    }

    public static MariaDbServer mariadb() {
        return get(new MariaDbProvider(), 1);
    }

    public static RedisServer redis() {
        return get(new RedisProvider(), 1);
    }

    /**
     * RabbitMQ, through its own client or Spring's.
     *
     * @param nodes 1, or 3 for a cluster whose quorum queues survive the loss of a node
     */
    public static RabbitServer rabbit(int nodes) {
        return get(new RabbitProvider(), nodes);
    }

    @SuppressWarnings("unchecked") // a kind has one provider
    private static <S extends Server> S get(Provider<S> provider, int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException(
                    provider.kind().key() + " with " + nodes + " nodes: at least 1 is needed");
        }
        return ((SharedServer<S>) SHARED.computeIfAbsent(
                        provider.kind().key() + "-" + nodes,
                        key -> new SharedServer<>(provider, nodes, Selection.current())))
                .get();
    }
}
