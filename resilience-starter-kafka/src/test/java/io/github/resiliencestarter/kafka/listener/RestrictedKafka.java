package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.test.server.child.KafkaMain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;

/** A broker in this JVM that lets the user {@code shop} do only what was allowed; who comes by the inner listener may do anything. */
final class RestrictedKafka implements AutoCloseable {

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"shop\" password=\"secret\"";

    private final int inner = freePort();
    private final int client = freePort();
    private final int controller = freePort();
    private final KafkaRaftServer server;

    RestrictedKafka(Path directory) throws IOException {
        Properties properties = properties(directory.resolve("data"));
        Path file = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        KafkaMain.format(
                file.toString(), Uuid.randomUuid().toString(), new PrintStream(OutputStream.nullOutputStream()));
        server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
    }

    private Properties properties(Path data) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "log.dirs", data.toString(),
                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                "listeners",
                        "INNER://127.0.0.1:" + inner + ",CLIENT://127.0.0.1:" + client + ",CONTROLLER://127.0.0.1:"
                                + controller,
                "listener.security.protocol.map", "INNER:PLAINTEXT,CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "INNER",
                "controller.listener.names", "CONTROLLER"));
        properties.putAll(Map.of(
                "sasl.enabled.mechanisms", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config", LOGIN + " user_shop=\"secret\";",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:ANONYMOUS",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "2097152"));
        return properties;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For whoever may do anything. */
    Map<String, Object> unrestricted() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + inner);
    }

    /** For the user {@code shop}, as properties of Spring Boot. */
    Map<String, String> restricted() {
        return Map.of(
                "spring.kafka.bootstrap-servers",
                "127.0.0.1:" + client,
                "spring.kafka.security.protocol",
                "SASL_PLAINTEXT",
                "spring.kafka.properties[sasl.mechanism]",
                "PLAIN",
                "spring.kafka.properties[sasl.jaas.config]",
                LOGIN + ";");
    }

    void allow(Admin admin, ResourceType type, String name, AclOperation... operations) throws Exception {
        List<AclBinding> bindings = Arrays.stream(operations)
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, name, PatternType.LITERAL),
                        new AccessControlEntry("User:shop", "*", operation, AclPermissionType.ALLOW)))
                .toList();
        admin.createAcls(bindings).all().get();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
