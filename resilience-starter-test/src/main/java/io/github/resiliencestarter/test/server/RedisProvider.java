package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where Redis comes from. */
final class RedisProvider implements Provider<RedisServer> {

    private static final Pattern VERSION = Pattern.compile("v=([0-9.]+)");

    @Override
    public Kind kind() {
        return Kind.REDIS;
    }

    @Override
    public @Nullable String absence(Mode mode, int nodes) {
        return switch (mode) {
            case DOCKER -> Containers.absence();
            case LOCAL ->
                program().isPresent()
                        ? null
                        : "there is no redis-server in the PATH; "
                                + "install it with: apt-get install -y --no-install-recommends redis-server";
            case EMBEDDED -> "Redis does not run in a JVM";
        };
    }

    @Override
    public RedisServer create(Mode mode, int nodes) {
        if (mode == Mode.DOCKER) {
            return Containers.redis();
        }
        Path program = program().orElseThrow();
        return new RedisServer(
                mode,
                version(program),
                new LocalNode("redis-1", new RedisRecipe(program, Ports.address(Ports.free()))));
    }

    private static Optional<Path> program() {
        return Executables.onPath("redis-server");
    }

    private static String version(Path program) {
        try {
            Matcher matcher = VERSION.matcher(Executables.output(List.of(program.toString(), "--version")));
            return matcher.find() ? matcher.group(1) : "unknown";
        } catch (IOException e) {
            throw new ServerException("redis-server does not run: " + e.getMessage(), e);
        }
    }
}
