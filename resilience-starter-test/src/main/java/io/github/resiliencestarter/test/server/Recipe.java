package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** How one node of a kind runs as a process of this machine. */
interface Recipe {

    /** Where the process listens to clients; the same for each start. */
    InetSocketAddress address();

    /** Fills the directory, which is empty, before the first start. Clients connect to {@code clientPort}, the proxy's. */
    default void prepare(Path directory, int clientPort) throws IOException {}

    /** What to start in the prepared directory, the first time and after each end. */
    Launch launch(Path directory) throws IOException;

    /** Whether it serves, asked again and again while it starts. An exception means not yet; each try must end soon. */
    boolean answers() throws Exception;

    /** How long a start may take. */
    default Duration startLimit() {
        return Duration.ofSeconds(60);
    }
}
