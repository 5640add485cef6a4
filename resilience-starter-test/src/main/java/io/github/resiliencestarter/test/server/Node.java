package io.github.resiliencestarter.test.server;

import io.github.resiliencestarter.test.network.FaultProxy;

/**
 * One process (or container) of a {@link Server}. Clients reach it through its {@link #proxy()}, so its address stays the same
 * over restarts. All operations return when they have taken effect: after {@link #start()} it answers. Thread-safe.
 *
 * <p>What a mode cannot do throws an {@link UnsupportedOperationException} that names the {@link Capability}.
 */
public interface Node {

    /** Such as {@code kafka-1}. */
    String name();

    boolean isRunning();

    /**
     * Starts it, with the data it had. Does nothing if it is running.
     *
     * @throws ServerException if it does not answer in time or ends while starting, with the last lines of its log
     */
    void start();

    /** Asks it to end, and waits until it has; after 30 s it is killed. */
    void stop();

    /** Ends it at once, as {@code kill -9} does. What it had written stays, for the page cache is the operating system's. */
    void kill();

    /** Freezes it: connections stay open and nobody answers, as in a long garbage collection. */
    void pause();

    /** Ends {@link #pause()}. */
    void resume();

    /** {@link #stop()}, then {@link #start()}. */
    default void restart() {
        stop();
        start();
    }

    /** The way that all clients take to it, where the network can be made to fail. */
    FaultProxy proxy();

    /** The last lines of its log. */
    String log();
}
