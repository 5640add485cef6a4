package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of one cluster share: their names, the secret by which they trust each other, and a port mapper of their own.
 * The machine's port mapper would be started by the first node and stay behind.
 */
final class RabbitCluster {

    private final RabbitInstallation installation;
    private final int size;
    private final int mapperPort = Ports.free();
    private final String cookie = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    private @Nullable ServerProcess mapper;

    RabbitCluster(RabbitInstallation installation, int size) {
        this.installation = installation;
        this.size = size;
    }

    RabbitInstallation installation() {
        return installation;
    }

    static String nodeName(int index) {
        return "rabbit" + (index + 1) + "@localhost";
    }

    List<String> nodeNames() {
        return IntStream.range(0, size).mapToObj(RabbitCluster::nodeName).toList();
    }

    String cookie() {
        return cookie;
    }

    int mapperPort() {
        return mapperPort;
    }

    /** Starts the port mapper, if it does not run: a node that finds none starts one that nobody would end. */
    synchronized void startMapper() throws IOException {
        if (mapper == null || !mapper.isRunning()) {
            String program = installation.epmd().toString();
            Launch launch = Launch.of(List.of(program, "-address", "127.0.0.1", "-port", Integer.toString(mapperPort)));
            mapper = ServerProcess.start("rabbit-epmd", DataDirectory.create("rabbit-epmd"), launch);
            mapper.awaitReady(this::mapperListens, Duration.ofSeconds(10));
        }
    }

    /** Of the first node. */
    String control(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "-i",
                "PATH=" + System.getenv("PATH"),
                "HOME=" + DataDirectory.create("rabbit-control"),
                "LANG=C.UTF-8",
                "RABBITMQ_CONF_ENV_FILE=/dev/null",
                "ERL_EPMD_PORT=" + mapperPort,
                installation.control().toString(),
                "--node",
                nodeName(0),
                "--erlang-cookie",
                cookie));
        command.addAll(arguments);
        return Executables.output(command);
    }

    private boolean mapperListens() throws IOException {
        Wire.connect(Ports.address(mapperPort)).close();
        return true;
    }
}
