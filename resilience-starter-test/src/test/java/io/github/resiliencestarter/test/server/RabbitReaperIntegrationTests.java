package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithRabbit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a JVM of its own, which starts RabbitMQ as a test does. */
@WithRabbit
@Timeout(120)
class RabbitReaperIntegrationTests {

    @ParameterizedTest
    @ValueSource(strings = {"running", "frozen"})
    @RequiresCapability(Capability.PAUSE)
    void nothing_is_left_three_seconds_after_kill_9_of_the_jvm(String state) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RabbitInUse.class.getName(),
                        state)
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.lines().anyMatch("started"::equals)).isTrue();
            List<ProcessHandle> processes = running(jvm.descendants().toList());
            assertThat(processes)
                    .extracting(process -> process.info().command().orElseThrow())
                    .anyMatch(command -> command.endsWith("/beam.smp"))
                    .anyMatch(command -> command.endsWith("/epmd"));

            jvm.destroyForcibly().waitFor();

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(running(processes)).isEmpty());
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** A process without a program has ended, and only waits for its parent to notice. */
    private static List<ProcessHandle> running(List<ProcessHandle> processes) {
        return processes.stream()
                .filter(process -> process.info().command().isPresent())
                .toList();
    }

    static final class RabbitInUse {

        public static void main(String[] arguments) throws IOException {
            RabbitServer rabbit = Servers.rabbit(1);
            if (arguments[0].equals("frozen")) {
                rabbit.pause();
            }
            System.out.println("started");
            System.in.read();
        }
    }
}
