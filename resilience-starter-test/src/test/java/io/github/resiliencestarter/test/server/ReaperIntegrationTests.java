package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a JVM of its own, which starts servers as a test does. */
@Timeout(120)
class ReaperIntegrationTests {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    @TempDir
    Path temporary;

    private Process jvm;
    private BufferedReader output;

    @BeforeEach
    void startJvm() throws IOException {
        // PostgreSQL is another user when we are root
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServersInUse.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        output = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.lines()).contains("all are started");
    }

    @AfterEach
    void endJvm() {
        jvm.destroyForcibly();
    }

    @Test
    void nothing_is_left_three_seconds_after_kill_9_of_the_jvm_not_even_what_is_frozen() throws Exception {
        List<ProcessHandle> servers = running(jvm.descendants().toList());
        assertThat(servers)
                .extracting(server -> server.info().command().orElseThrow())
                .anyMatch(command -> command.endsWith("/java"))
                .anyMatch(command -> command.endsWith("/postgres"))
                .anyMatch(command -> command.contains("/redis"));

        jvm.destroyForcibly().waitFor();

        await().atMost(LIMIT).untilAsserted(() -> assertThat(running(servers)).isEmpty());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
    }

    @Test
    void nothing_is_left_when_the_jvm_ends_by_itself() throws Exception {
        List<ProcessHandle> servers = running(jvm.descendants().toList());

        jvm.getOutputStream().close();

        assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(jvm.exitValue()).isZero();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(running(servers)).isEmpty());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
    }

    /** A process without a program has ended, and only waits for its parent to notice. */
    private static List<ProcessHandle> running(List<ProcessHandle> processes) {
        return processes.stream()
                .filter(process -> process.info().command().isPresent())
                .toList();
    }

    static final class ServersInUse {

        /** Ends when its input ends. */
        public static void main(String[] arguments) throws IOException {
            Servers.kafka();
            Servers.postgres().pause();
            Servers.redis().pause();
            System.out.println("all are started");
            System.out.close();
            System.in.read();
        }
    }
}
