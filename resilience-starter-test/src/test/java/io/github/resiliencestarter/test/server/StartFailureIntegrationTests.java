package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real servers say when they cannot start. */
class StartFailureIntegrationTests {

    @Test
    void a_port_that_somebody_has_is_told_with_what_kafka_says() throws IOException {
        KafkaCluster cluster = KafkaCluster.onThisMachine(1);
        KafkaCluster.Broker broker = cluster.brokers().get(0);
        LocalNode node = new LocalNode(broker.name(), new KafkaRecipe(cluster, broker));
        try (ServerSocket other = new ServerSocket()) {
            other.bind(Ports.address(broker.client()));

            assertThatThrownBy(node::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("Port " + broker.client() + " of 127.0.0.1 was taken by another process")
                    .hasMessageContaining("kafka-1 ended with exit code")
                    .hasMessageContaining("Address already in use");
        }
        node.start();
        assertThat(node.isRunning()).isTrue();
        node.kill();
    }

    @Test
    void a_place_where_nothing_can_be_written_is_named_with_the_remedy(@TempDir Path directory) throws Exception {
        // a file, because root may write into any directory
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(outputOfStartingRedis(List.of("-Djava.io.tmpdir=" + file), Map.of()))
                .contains("No directory for the data of servers can be made in java.io.tmpdir=" + file)
                .contains("Set -Djava.io.tmpdir to a directory that exists and is writable");
    }

    @Test
    void a_server_that_is_not_installed_is_named_with_the_command_that_installs_it() throws Exception {
        assertThat(outputOfStartingRedis(List.of("-Dresilience.test.require=kafka"), Map.of("PATH", "/nowhere")))
                .contains("ServerUnavailableException: There is no redis for tests here. LOCAL: "
                        + "there is no redis-server in the PATH; "
                        + "install it with: apt-get install -y --no-install-recommends redis-server")
                .doesNotContain("required");
        assertThat(outputOfStartingRedis(List.of("-Dresilience.test.require=redis"), Map.of("PATH", "/nowhere")))
                .contains("It is required by resilience.test.require=redis");
    }

    private static String outputOfStartingRedis(List<String> options, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dresilience.test.brokers=local",
                "-cp",
                System.getProperty("java.class.path"));
        builder.command().addAll(options);
        builder.command().add(StartRedis.class.getName());
        builder.environment().putAll(environment);
        Process jvm = builder.redirectErrorStream(true).start();
        String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).isEqualTo(1);
        return output;
    }

    static final class StartRedis {

        public static void main(String[] arguments) {
            Servers.redis();
        }
    }
}
