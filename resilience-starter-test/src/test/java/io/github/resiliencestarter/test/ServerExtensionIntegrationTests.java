package io.github.resiliencestarter.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.RedisServer;
import io.github.resiliencestarter.test.server.Server;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** By the server that starts fastest. */
@WithRedis
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerExtensionIntegrationTests {

    private final RedisServer redis;

    ServerExtensionIntegrationTests(RedisServer redis) {
        this.redis = redis;
    }

    @Test
    void the_server_is_injected_into_the_constructor_and_into_methods(Server server) {
        assertThat(server).isSameAs(redis);
    }

    @Test
    @Order(1)
    @RequiresCapability(Capability.KILL)
    void a_test_may_kill_the_server_and_cut_its_network() {
        redis.kill();
        redis.proxy().apply(new Cut());
        assertThat(redis.isRunning()).isFalse();
    }

    @Test
    @Order(2)
    void the_next_test_finds_it_whole() throws IOException {
        assertThat(redis.isRunning()).isTrue();
        assertThat(ping()).isEqualTo('+');
    }

    private int ping() throws IOException {
        try (Socket socket = new Socket(redis.host(), redis.port())) {
            socket.getOutputStream().write("PING\r\n".getBytes());
            return socket.getInputStream().read();
        }
    }

    @Nested
    class InANestedClass {

        @Test
        void it_is_the_same_server(RedisServer nested) {
            assertThat(nested).isSameAs(redis);
        }
    }
}
