package io.github.resiliencestarter.test.network;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong in the network between the clients of a {@link FaultProxy} and its server. A fault is immutable, and
 * may be applied to any number of proxies, any number of times.
 */
public abstract class Fault {

    Fault() {}

    /** What it does to this direction of a connection, be it a living or a coming one; null if nothing. */
    @Nullable
    Effect effectOn(Direction direction) {
        return null;
    }

    /** What it does to each living connection at the moment when it is applied. */
    void strike(Connection connection) {}

    /** Whether connections are refused as long as it lasts. */
    boolean refusesConnections() {
        return false;
    }
}
