package io.github.resiliencestarter.samples.orders.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.springframework.util.FileSystemUtils;

/** One broker, which is its own controller. Its records are gone when it is closed. */
public final class EmbeddedBroker implements AutoCloseable {

    private final Path directory;
    private final KafkaRaftServer server;
    private final String address;

    private EmbeddedBroker(Path directory, KafkaRaftServer server, String address) {
        this.directory = directory;
        this.server = server;
        this.address = address;
    }

    public static EmbeddedBroker start() {
        try {
            Path directory = Files.createTempDirectory("orders-broker");
            int port = freePort();
            Properties properties = properties(directory.resolve("data"), port, freePort());
            format(directory.resolve("server.properties"), properties);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(directory, server, "127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded broker did not start", e);
        }
    }

    public String address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        server.awaitShutdown();
        FileSystemUtils.deleteRecursively(directory);
    }

    private static void format(Path configuration, Properties properties) throws IOException {
        try (OutputStream out = Files.newOutputStream(configuration)) {
            properties.store(out, null);
        }
        String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", configuration.toString()};
        StorageTool.execute(arguments, new PrintStream(OutputStream.nullOutputStream()));
    }

    private static Properties properties(Path data, int port, int controllerPort) {
        Properties properties = new Properties();
        """
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
        transaction.state.log.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        log.cleaner.dedupe.buffer.size=2097152
        """.formatted(data, port, controllerPort).lines().forEach(line -> {
            int equals = line.indexOf('=');
            properties.setProperty(line.substring(0, equals), line.substring(equals + 1));
        });
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
