package io.github.resiliencestarter.test.server;

import io.github.resiliencestarter.test.network.FaultProxy;
import java.util.List;
import java.util.Set;

/**
 * A real server that a test starts, breaks and brings back: one {@link Node} or a cluster of them. What is done to the server is
 * done to all of its nodes. There is one for each kind and size in a JVM; it ends with the JVM, however that ends. Thread-safe.
 */
public interface Server {

    /** The kind, such as {@code kafka}. */
    String name();

    /** The version of the server itself, such as {@code 3.9.2}. */
    String version();

    Mode mode();

    Set<Capability> capabilities();

    /** Its nodes, in the order of their numbers. */
    List<? extends Node> nodes();

    /** One of its nodes; the first has the index 0. */
    default Node node(int index) {
        return nodes().get(index);
    }

    default boolean isRunning() {
        return nodes().stream().allMatch(Node::isRunning);
    }

    default void start() {
        nodes().forEach(Node::start);
    }

    default void stop() {
        nodes().forEach(Node::stop);
    }

    default void kill() {
        nodes().forEach(Node::kill);
    }

    default void pause() {
        nodes().forEach(Node::pause);
    }

    default void resume() {
        nodes().forEach(Node::resume);
    }

    default void restart() {
        stop();
        start();
    }

    /** The way that all clients take to its only node. */
    default FaultProxy proxy() {
        if (nodes().size() != 1) {
            throw new IllegalStateException(
                    name() + " has " + nodes().size() + " nodes, each with a proxy of its own: ask node(i).proxy()");
        }
        return node(0).proxy();
    }

    /** Undoes all that a test has done to it: the network is healed, what was paused goes on, what has ended starts again. */
    void heal();
}
