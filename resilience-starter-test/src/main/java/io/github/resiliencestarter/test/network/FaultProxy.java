package io.github.resiliencestarter.test.network;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** To be written. */
public final class FaultProxy implements AutoCloseable {

    private final Supplier<InetSocketAddress> target;

    private FaultProxy(Supplier<InetSocketAddress> target) {
        this.target = target;
    }

    /** Listens on a free port of 127.0.0.1, which stays the same until it is closed. The target is asked for each connection. */
    public static FaultProxy to(Supplier<InetSocketAddress> target) {
        return new FaultProxy(target);
    }

    public int port() {
        return target.get().getPort();
    }

    public void heal() {}

    @Override
    public void close() {}
}
