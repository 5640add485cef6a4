package io.github.resiliencestarter.test.boot3;

import io.github.resiliencestarter.test.server.RedisServer;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;

/** The way to Redis. */
public record RedisDetails(RedisServer server) implements RedisConnectionDetails {

    @Override
    public Standalone getStandalone() {
        return Standalone.of(server.host(), server.port());
    }
}
