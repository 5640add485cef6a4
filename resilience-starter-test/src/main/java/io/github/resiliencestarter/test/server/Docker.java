package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine, asked once. */
final class Docker {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String TESTCONTAINERS = "org.testcontainers";

    private static @Nullable Result result;

    private record Result(@Nullable String absence) {}

    private Docker() {}

    /** Why no container can be started; null if one can. Takes 15 s at most. */
    static synchronized @Nullable String absence() {
        if (result == null) {
            result = new Result(new DockerProbe(host(), sockets(), Docker::confirm, LIMIT).absence());
        }
        return result.absence();
    }

    private static boolean confirm() {
        // what it tries in vain, it logs as errors with stack traces
        level(LogLevel.OFF);
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } finally {
            level(LogLevel.WARN);
        }
    }

    private static void level(LogLevel level) {
        try {
            LoggingSystem.get(Docker.class.getClassLoader()).setLogLevel(TESTCONTAINERS, level);
        } catch (RuntimeException noSuchLoggingSystem) {
            // then it is as loud as its owner has made it
        }
    }

    private static @Nullable String host() {
        String variable = System.getenv("DOCKER_HOST");
        if (variable != null && !variable.isBlank()) {
            return variable;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(home(".testcontainers.properties"))) {
            properties.load(reader);
        } catch (IOException none) {
            return null;
        }
        return properties.getProperty("docker.host");
    }

    private static List<Path> sockets() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        return Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(runtime == null ? "/run" : runtime, "docker.sock"),
                        home(".docker", "run", "docker.sock"),
                        home(".docker", "desktop", "docker.sock"))
                .distinct()
                .toList();
    }

    private static Path home(String... path) {
        return Path.of(System.getProperty("user.home"), path);
    }
}
