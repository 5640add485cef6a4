package io.github.resiliencestarter.test.server;

import org.jspecify.annotations.Nullable;

/** The servers as containers. */
final class Containers {

    private Containers() {}

    static @Nullable String absence() {
        return Docker.absence();
    }

    static RedisServer redis() {
        throw new UnsupportedOperationException();
    }

    static PostgresServer postgres() {
        throw new UnsupportedOperationException();
    }

    static KafkaServer kafka(int nodes) {
        throw new UnsupportedOperationException();
    }
}
