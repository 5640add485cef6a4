package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class DockerProbeTests {

    private static final Callable<Boolean> NEVER_ASKED = () -> {
        throw new AssertionError("Testcontainers was asked");
    };

    @TempDir
    Path directory;

    @Test
    void without_a_socket_and_a_variable_nobody_is_asked() {
        Path socket = directory.resolve("docker.sock");

        assertThat(probe(null, List.of(socket), NEVER_ASKED).absence())
                .isEqualTo("there is no Docker: DOCKER_HOST is not set, and none of [" + socket + "] exists");
    }

    @Test
    void an_engine_that_answers_is_confirmed() throws IOException {
        try (ServerSocketChannel engine = unixSocket()) {
            answer(engine);

            assertThat(probe(null, List.of(socket()), () -> true).absence()).isNull();
        }
    }

    @Test
    void an_engine_that_testcontainers_cannot_use_is_none() throws IOException {
        try (ServerSocketChannel engine = unixSocket()) {
            answer(engine);

            assertThat(probe("unix://" + socket(), List.of(), () -> false).absence())
                    .contains("unix://" + socket())
                    .contains("Testcontainers cannot use it");
        }
    }

    @Test
    void a_socket_that_never_answers_costs_no_more_than_the_limit() throws IOException {
        try (ServerSocketChannel engine = unixSocket()) {
            assertThat(probe(null, List.of(socket()), NEVER_ASKED).absence())
                    .contains(socket().toString())
                    .contains("does not answer within 1 s")
                    .contains("-Dresilience.test.brokers=local");
        }
    }

    @Test
    void a_port_that_never_answers_costs_no_more_than_the_limit() throws IOException {
        try (ServerSocket engine = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(probe("tcp://127.0.0.1:" + engine.getLocalPort(), List.of(), NEVER_ASKED)
                            .absence())
                    .contains("does not answer within 1 s");
        }
    }

    @Test
    void testcontainers_has_no_more_time_either() throws IOException {
        try (ServerSocketChannel engine = unixSocket()) {
            answer(engine);
            Object never = new Object();

            assertThat(probe(null, List.of(socket()), () -> {
                                synchronized (never) {
                                    never.wait();
                                }
                                return true;
                            })
                            .absence())
                    .contains("does not answer within 1 s");
        }
    }

    @Test
    void a_dead_address_is_named() {
        int port = Ports.free();

        assertThat(probe("tcp://127.0.0.1:" + port, List.of(), NEVER_ASKED).absence())
                .contains("Docker at tcp://127.0.0.1:" + port + " does not answer")
                .contains("Connection refused")
                .contains("unset DOCKER_HOST");
    }

    @Test
    void an_address_that_is_none_is_named() {
        assertThat(probe("here and there", List.of(), NEVER_ASKED).absence()).contains("Docker at here and there");
        assertThat(probe("docker", List.of(), NEVER_ASKED).absence()).contains("Docker at docker");
    }

    private static DockerProbe probe(String host, List<Path> sockets, Callable<Boolean> confirmation) {
        return new DockerProbe(host, sockets, confirmation, Duration.ofSeconds(1));
    }

    private Path socket() {
        return directory.resolve("docker.sock");
    }

    private ServerSocketChannel unixSocket() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()));
    }

    private static void answer(ServerSocketChannel engine) {
        Thread thread = new Thread(() -> {
            try (SocketChannel connection = engine.accept()) {
                connection.read(ByteBuffer.allocate(1024));
                connection.write(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\nOK".getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
