package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, for the place of temporary files is read once. */
class DataDirectoryIntegrationTests {

    @Test
    void a_place_where_nothing_can_be_written_is_named_with_the_remedy(@TempDir Path directory) throws Exception {
        // a file, because root may write into any directory
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(outputOfStartingRedisBelow(file))
                .contains("No directory for the data of servers can be made in java.io.tmpdir=" + file)
                .contains("Set -Djava.io.tmpdir to a directory that exists and is writable");
    }

    private static String outputOfStartingRedisBelow(Path temporary) throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dresilience.test.brokers=local",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartRedis.class.getName())
                .redirectErrorStream(true)
                .start();
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
