package io.github.resiliencestarter.test.network;

/** Which way bytes go. */
public enum Direction {
    /** From the clients to the server. */
    TO_SERVER,
    /** From the server to the clients. */
    TO_CLIENT,
    /** Either way. */
    BOTH;

    boolean includes(Direction other) {
        return this == BOTH || this == other;
    }
}
