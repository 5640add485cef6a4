package io.github.resiliencestarter.test.server;

/** What can be done to a server; not every {@link Mode} can do all of it. */
public enum Capability {
    /** It can be stopped and started again, and has its data and its address still. */
    RESTART,
    /** It can be ended as by {@code kill -9}: no shutdown, no flush of its own. */
    KILL,
    /** It can be frozen, as by {@code SIGSTOP}: connections stay open, and nobody answers. */
    PAUSE,
    /** It can run as several nodes that replicate. */
    CLUSTER
}
