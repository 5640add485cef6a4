package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.test.server.child.KafkaMain;
import io.github.resiliencestarter.test.server.child.StandardOutputLogging;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.springframework.util.FileSystemUtils;

/** A Kafka broker in a JVM of its own, reached directly: a proxy for faults would be measured, too. */
final class Broker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final Process process;
    private final String bootstrapServers;

    private Broker(Path directory, Process process, String bootstrapServers) {
        this.directory = directory;
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static Broker start() throws Exception {
        Path directory = Files.createTempDirectory("messages-benchmark");
        int port = freePort();
        Path configuration =
                Files.writeString(directory.resolve("server.properties"), configuration(directory, port, freePort()));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dslf4j.provider=" + StandardOutputLogging.class.getName(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaMain.class.getName(),
                        configuration.toString(),
                        Uuid.randomUuid().toString()))
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "log"))
                .start();
        Broker broker = new Broker(directory, process, "127.0.0.1:" + port);
        broker.awaitAnswer();
        return broker;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        FileSystemUtils.deleteRecursively(directory);
    }

    private void awaitAnswer() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.describeCluster().nodes().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            String log = Files.readString(directory.resolve("log"));
            close();
            throw new IOException("The broker does not answer. Its log:\n" + log, e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String configuration(Path directory, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                log.dirs=%1$s
                controller.quorum.voters=1@127.0.0.1:%3$d
                listeners=CLIENT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
                listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENT
                controller.listener.names=CONTROLLER
                group.initial.rebalance.delay.ms=0
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                log.cleaner.dedupe.buffer.size=2097152
                """.formatted(directory.resolve("data"), port, controllerPort);
    }
}
