package io.github.resiliencestarter.test.server;

import java.util.List;

/** Redis; each write is in its append-only file before it is answered, so it survives {@link #kill()}. */
public final class RedisServer extends AbstractServer {

    RedisServer(Mode mode, String version, Node node) {
        super(Kind.REDIS, mode, version, List.of(node));
    }

    public String host() {
        return "127.0.0.1";
    }

    /** The port of its {@link #proxy()}. */
    public int port() {
        return proxy().port();
    }
}
