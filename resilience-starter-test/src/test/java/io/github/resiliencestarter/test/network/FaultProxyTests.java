package io.github.resiliencestarter.test.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.network.Wire.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTests {

    private Wire wire;
    private FaultProxy proxy;

    @BeforeEach
    void connect() throws IOException {
        wire = new Wire();
        proxy = wire.proxy;
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
    }

    @Test
    void bytes_pass_both_ways_and_are_counted() throws IOException {
        Pair pair = wire.pair();
        pair.say("question");
        pair.answer("the answer");
        assertThat(proxy.bytes(Direction.TO_SERVER)).isEqualTo(8);
        assertThat(proxy.bytes(Direction.TO_CLIENT)).isEqualTo(10);
        assertThat(proxy.bytes(Direction.BOTH)).isEqualTo(18);
    }

    @Test
    void a_large_transfer_is_exact_both_ways_at_once() throws IOException {
        Pair pair = wire.pair();
        byte[] up = random(32_000_000, 1);
        byte[] down = random(32_000_000, 2);
        CompletableFuture<Void> written =
                CompletableFuture.allOf(Wire.write(pair.client(), up), Wire.write(pair.server(), down));
        CompletableFuture<byte[]> heard = read(pair.client(), down.length);
        assertThat(pair.server().getInputStream().readNBytes(up.length)).isEqualTo(up);
        assertThat(heard.join()).isEqualTo(down);
        written.join();
    }

    @Test
    void a_hundred_connections_do_not_mix() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pairs.add(wire.pair());
        }
        for (int i = 0; i < 100; i++) {
            written.add(Wire.write(pairs.get(i).client(), random(100_000, i)));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(pairs.get(i).server().getInputStream().readNBytes(100_000))
                    .isEqualTo(random(100_000, i));
        }
        CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).join();
        assertThat(proxy.connections()).isEqualTo(100);
    }

    @Test
    void the_end_of_one_direction_leaves_the_other_open() throws IOException {
        Pair pair = wire.pair();
        Pair.say(pair.client(), "all I have");
        pair.client().shutdownOutput();
        assertThat(pair.server().getInputStream().readAllBytes()).hasSize(10);
        pair.answer("and my answer");
        pair.server().close();
        assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void a_reset_of_one_side_is_a_reset_of_the_other() throws IOException {
        Pair pair = wire.pair();
        pair.say("hello");
        pair.server().setSoLinger(true, 0);
        pair.server().close();
        assertReset(pair.client());
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void a_sender_waits_for_a_receiver_that_does_not_read() throws IOException {
        Pair pair = wire.pair();
        byte[] bytes = random(64_000_000, 3);
        CompletableFuture<Void> written = Wire.write(pair.client(), bytes);
        await().during(Duration.ofMillis(300)).until(() -> !written.isDone());
        assertThat(pair.server().getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        written.join();
    }

    @Test
    void without_a_server_the_client_is_reset_and_with_it_the_same_port_works_again() throws IOException {
        int port = proxy.port();
        wire.pair().say("before");
        wire.serverGoes();
        assertReset(wire.connect());
        wire.serverComesBack();
        wire.pair().say("after");
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.connectionsAccepted()).isEqualTo(3);
    }

    @Test
    void a_target_that_is_not_known_yet_is_a_server_that_is_down() throws IOException {
        try (FaultProxy unknown = FaultProxy.to(() -> {
                    throw new IllegalStateException("not started");
                });
                FaultProxy unresolved = FaultProxy.to("no-such-host.invalid", 1)) {
            assertReset(new Socket(unknown.host(), unknown.port()));
            assertReset(new Socket(unresolved.host(), unresolved.port()));
            assertThat(unknown.connections()).isZero();
        }
    }

    @Test
    void a_closed_proxy_gives_its_port_back_and_says_that_it_is_closed() throws IOException {
        Pair pair = wire.pair();
        proxy.close();
        proxy.close();
        assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
        assertThat(proxy.connections()).isZero();
        assertThatThrownBy(wire::connect).isInstanceOf(ConnectException.class);
        assertThatThrownBy(proxy::heal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        new ServerSocket(proxy.port()).close();
    }

    @Test
    void a_proxy_that_is_closed_by_a_thread_that_was_interrupted_gives_its_port_back_too() throws IOException {
        for (int i = 0; i < 50; i++) { // it is a race
            FaultProxy closed = FaultProxy.to("localhost", 1);
            Thread.currentThread().interrupt();
            closed.close();
            assertThat(Thread.interrupted()).isTrue();
            new ServerSocket(closed.port(), 1, closed.address().getAddress()).close();
        }
    }

    @Test
    void faults_may_be_applied_by_many_threads_while_connections_come_and_go() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int n = 0; n < 50; n++) {
                            proxy.apply(new Cut());
                            proxy.heal();
                            try (Socket socket = new Socket(proxy.host(), proxy.port())) {
                                socket.getOutputStream().write(n);
                            } catch (IOException e) {
                                // another thread has just cut it
                            }
                        }
                    },
                    Wire.THREADS));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        await().until(() -> proxy.connections() == 0 || isQuiet());
    }

    /** The server's side is never closed in this test, so what was not cut stays open until it is. */
    private boolean isQuiet() {
        proxy.apply(new Cut());
        return proxy.connections() == 0;
    }

    static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static CompletableFuture<byte[]> read(Socket socket, int size) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return socket.getInputStream().readNBytes(size);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Wire.THREADS);
    }
}
