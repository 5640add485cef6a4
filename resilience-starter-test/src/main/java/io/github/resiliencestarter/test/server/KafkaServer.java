package io.github.resiliencestarter.test.server;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Kafka, one broker or a cluster. In a cluster of three or more, topics that do not say otherwise have three replicas, of which
 * two must have a record before it is acknowledged by {@code acks=all}. What is acknowledged survives {@link #kill()}.
 */
public final class KafkaServer extends AbstractServer {

    KafkaServer(Mode mode, String version, List<? extends Node> nodes) {
        super(Kind.KAFKA, mode, version, nodes);
    }

    /** The proxies of all brokers, as {@code bootstrap.servers} wants them. */
    public String bootstrapServers() {
        return nodes().stream().map(node -> "127.0.0.1:" + node.proxy().port()).collect(Collectors.joining(","));
    }
}
