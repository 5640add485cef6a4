package io.github.resiliencestarter.test.server;

/** Where a server runs. */
public enum Mode {
    /** In a container, started by Testcontainers. */
    DOCKER,
    /** As a process of this machine, started by the test's JVM and ended with it. */
    LOCAL,
    /** In the test's own JVM: real code, but nothing that could be killed from outside. */
    EMBEDDED
}
