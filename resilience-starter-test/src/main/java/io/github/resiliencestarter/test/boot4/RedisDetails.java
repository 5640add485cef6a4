package io.github.resiliencestarter.test.boot4;

import io.github.resiliencestarter.test.server.RedisServer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;

/** The way to Redis. */
public record RedisDetails(RedisServer server) implements DataRedisConnectionDetails {

    @Override
    public Standalone getStandalone() {
        return Standalone.of(server.host(), server.port());
    }
}
