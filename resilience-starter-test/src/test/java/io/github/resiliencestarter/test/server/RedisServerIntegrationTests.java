package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With Redis's own protocol, which is lines of text. */
class RedisServerIntegrationTests {

    private final RedisServer redis = Servers.redis();

    @AfterEach
    void heal() {
        redis.heal();
    }

    @Test
    void what_was_acknowledged_survives_kill_9() throws IOException {
        for (int i = 0; i < 100; i++) {
            assertThat(ask("SET key-" + i + " value-" + i)).isEqualTo("+OK");
        }
        redis.kill();
        assertThat(redis.isRunning()).isFalse();
        redis.start();

        for (int i = 0; i < 100; i++) {
            assertThat(ask("GET key-" + i)).isEqualTo("$" + ("value-" + i).length());
        }
    }

    @Test
    void paused_it_does_not_answer_and_resumed_it_does() throws IOException {
        redis.pause();
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> ask("PING"));
        redis.resume();
        assertThat(ask("PING")).isEqualTo("+PONG");
    }

    @Test
    void healing_brings_back_what_was_stopped() throws IOException {
        redis.stop();
        redis.heal();
        assertThat(ask("PING")).isEqualTo("+PONG");
    }

    private String ask(String command) throws IOException {
        try (Socket socket = new Socket(redis.host(), redis.port())) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
