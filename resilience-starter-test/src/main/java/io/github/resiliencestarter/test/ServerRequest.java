package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.Server;
import io.github.resiliencestarter.test.server.Servers;

/**
 * A server that a test class asks for. Requests that are equal get the same server.
 *
 * @param kind such as {@code kafka}
 */
record ServerRequest(String kind, int nodes) {

    /** Started by the first who asks in this JVM. */
    Server server() {
        return switch (kind) {
            case "kafka" -> Servers.kafka(nodes);
            case "rabbit" -> Servers.rabbit(nodes);
            case "postgres" -> Servers.postgres();
            case "mariadb" -> Servers.mariadb();
            case "redis" -> Servers.redis();
            default -> throw new IllegalStateException(kind);
        };
    }
}
