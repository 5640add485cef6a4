package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With processes that need nothing but a shell. */
class LocalNodeIntegrationTests {

    private final InetSocketAddress address = Ports.address(Ports.free());
    private LocalNode node = node("exec sleep 600");

    @AfterEach
    void end() {
        node.kill();
    }

    @Test
    void a_server_that_dies_while_starting_shows_the_end_of_its_log() {
        node = silent("for i in $(seq 1 30); do echo line $i; done; echo no such setting; exit 3");

        assertThatThrownBy(node::start)
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("shell-1 ended with exit code 3 while starting")
                .hasMessageContaining("    line 30\n    no such setting")
                .hasMessageNotContaining("line 1\n");
    }

    @Test
    void a_server_that_does_not_answer_is_killed_and_shows_its_log() {
        node = silent("echo thinking; exec sleep 600");

        assertThatThrownBy(node::start)
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("shell-1 did not answer within 2 s and was killed")
                .hasMessageContaining("thinking");
        assertThat(node.isRunning()).isFalse();
    }

    @Test
    void a_port_that_somebody_has_is_named_with_the_remedy() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(address);
            node = silent("echo cannot bind; exit 1");

            assertThatThrownBy(node::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("Port " + address.getPort() + " of 127.0.0.1 was taken")
                    .hasMessageContaining("lsof -i :" + address.getPort())
                    .hasMessageContaining("cannot bind");
        }
    }

    @Test
    void a_program_that_does_not_exist_is_named() {
        node = silent("exec no-such-server");

        assertThatThrownBy(node::start)
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("exit code 127")
                .hasMessageContaining("no-such-server");
    }

    @Test
    void its_directory_is_prepared_once_and_kept() {
        node = node("echo started >> starts; exec sleep 600");
        node.start();
        node.kill();
        node.start();

        assertThat(node.log()).isEqualTo("");
        assertThat(Shell.directory.resolve("starts")).hasContent("prepared\nstarted\nstarted");
    }

    @Test
    void what_it_has_forked_is_frozen_and_killed_with_it() throws IOException {
        node = node("sleep 600 & echo $! > child; wait");
        node.start();
        String child = Files.readString(Shell.directory.resolve("child")).strip();

        node.pause();
        await().untilAsserted(() -> assertThat(state(child)).isEqualTo("T"));
        node.resume();
        await().untilAsserted(() -> assertThat(state(child)).isNotEqualTo("T"));
        node.pause();
        node.kill();
        assertThat(ProcessHandle.of(Long.parseLong(child))
                        .flatMap(process -> process.info().command()))
                .isEmpty();
    }

    @Test
    void what_it_forks_while_it_is_killed_does_not_outlive_it() throws IOException {
        node = node("for i in $(seq 1 3000); do sleep 60 & echo $! >> children; done; wait");
        node.start();
        Path children = Shell.directory.resolve("children");
        await().until(() ->
                Files.exists(children) && Files.readAllLines(children).size() > 20);
        node.kill();

        assertThat(Files.readAllLines(children))
                .filteredOn(child -> ProcessHandle.of(Long.parseLong(child))
                        .flatMap(process -> process.info().command())
                        .isPresent())
                .isEmpty();
    }

    @Test
    void stop_lets_it_end_in_its_own_way_even_when_it_is_frozen() {
        node = node("trap 'echo bye; exit 0' TERM; sleep 600 & wait");
        node.start();
        node.pause();
        node.stop();

        assertThat(node.isRunning()).isFalse();
        assertThat(node.log()).isEqualTo("bye");
    }

    @Test
    void what_does_not_run_cannot_be_frozen() {
        assertThatIllegalStateException().isThrownBy(node::pause).withMessageContaining("start it first");
    }

    private LocalNode node(String script) {
        return new LocalNode("shell-1", new Shell(script, address, true));
    }

    private LocalNode silent(String script) {
        return new LocalNode("shell-1", new Shell(script, address, false));
    }

    private static String state(String pid) throws IOException {
        return Files.readString(Path.of("/proc", pid, "stat")).split(" ")[2];
    }

    private record Shell(String script, InetSocketAddress address, boolean answers) implements Recipe {

        private static Path directory = Path.of("");

        @Override
        public void prepare(Path home, int clientPort) throws IOException {
            directory = home;
            Files.writeString(home.resolve("starts"), "prepared\n");
        }

        @Override
        public Launch launch(Path home) {
            return Launch.of(List.of("/bin/sh", "-c", script));
        }

        @Override
        public Duration startLimit() {
            return Duration.ofSeconds(2);
        }
    }
}
