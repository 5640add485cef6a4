package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A node of RabbitMQ as a process that has nothing in common with one that the machine may run as a service. */
final class RabbitRecipe implements Recipe {

    private static final byte[] HELLO = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    private static final int METHOD_FRAME = 1;

    private final RabbitCluster cluster;
    private final int index;
    private final int port = Ports.free();
    private final int clusterPort = Ports.free();

    RabbitRecipe(RabbitCluster cluster, int index) {
        this.cluster = cluster;
        this.index = index;
    }

    @Override
    public InetSocketAddress address() {
        return Ports.address(port);
    }

    @Override
    public void prepare(Path directory, int clientPort) throws IOException {
        Path cookie = Files.writeString(directory.resolve(".erlang.cookie"), cluster.cookie());
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
        Files.writeString(directory.resolve("enabled_plugins"), "[].\n");
        Files.writeString(directory.resolve("rabbitmq.conf"), configuration());
    }

    private String configuration() {
        List<String> names = cluster.nodeNames();
        String members = IntStream.range(0, names.size())
                .mapToObj(i -> "cluster_formation.classic_config.nodes." + (i + 1) + " = " + names.get(i) + "\n")
                .collect(Collectors.joining());
        return """
                listeners.tcp.1 = 127.0.0.1:%d
                log.console = true
                log.file = false
                cluster_formation.peer_discovery_backend = classic_config
                cluster_partition_handling = pause_minority
                """.formatted(port) + members;
    }

    @Override
    public Launch launch(Path directory) throws IOException {
        cluster.startMapper();
        return Launch.inCleanEnvironment(
                List.of(cluster.installation().server().toString()), environment(directory.toString()));
    }

    /** A clean one: RabbitMQ reads many variables, and the machine's are about another RabbitMQ. */
    private Map<String, String> environment(String home) {
        return Map.ofEntries(
                Map.entry("PATH", System.getenv("PATH")),
                Map.entry("HOME", home),
                Map.entry("LANG", "C.UTF-8"),
                // the script becomes the virtual machine and does not start it as a child
                Map.entry("RUNNING_UNDER_SYSTEMD", "true"),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                Map.entry("RABBITMQ_NODENAME", RabbitCluster.nodeName(index)),
                Map.entry("RABBITMQ_CONFIG_FILE", home + "/rabbitmq.conf"),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", home + "/enabled_plugins"),
                Map.entry("RABBITMQ_MNESIA_BASE", home + "/data"),
                Map.entry("RABBITMQ_LOG_BASE", home + "/log"),
                Map.entry("RABBITMQ_GENERATED_CONFIG_DIR", home + "/config"),
                Map.entry("RABBITMQ_PID_FILE", home + "/pid"),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(clusterPort)),
                Map.entry("ERL_EPMD_PORT", Integer.toString(cluster.mapperPort())),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                // a frozen node is noticed within 5 s, not 60; idle schedulers leave the processor to the tests
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-kernel inet_dist_use_interface {127,0,0,1} -kernel net_ticktime 5 +sbwt none"));
    }

    @Override
    public boolean answers() throws IOException {
        return isServing(address());
    }

    /** It opens its port when all else is done, so whoever is greeted can go on. */
    static boolean isServing(InetSocketAddress address) throws IOException {
        return Wire.answers(address, HELLO, METHOD_FRAME);
    }
}
