package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where PostgreSQL comes from. */
final class PostgresProvider implements Provider<PostgresServer> {

    private static final Pattern VERSION = Pattern.compile("\\) ([0-9.]+)");

    @Override
    public Kind kind() {
        return Kind.POSTGRES;
    }

    @Override
    public @Nullable String absence(Mode mode, int nodes) {
        return switch (mode) {
            case DOCKER -> Containers.absence();
            case LOCAL -> localAbsence();
            case EMBEDDED -> "PostgreSQL does not run in a JVM";
        };
    }

    private static @Nullable String localAbsence() {
        if (!PostgresPrograms.exist()) {
            return "there is no initdb in the PATH or below /usr/lib/postgresql; "
                    + "install it with: apt-get install -y --no-install-recommends postgresql";
        }
        if (!Unprivileged.isPossible()) {
            return "root may not run PostgreSQL, and there is no setpriv to become another user; "
                    + "install it with: apt-get install -y --no-install-recommends util-linux";
        }
        return null;
    }

    @Override
    public PostgresServer create(Mode mode, int nodes) {
        if (mode == Mode.DOCKER) {
            return Containers.postgres();
        }
        try {
            Path programs = PostgresPrograms.directory();
            Recipe recipe = new PostgresRecipe(programs, Unprivileged.current(), Ports.address(Ports.free()));
            return new PostgresServer(mode, version(programs), new LocalNode("postgres-1", recipe));
        } catch (IOException e) {
            throw new ServerException("PostgreSQL does not run: " + e.getMessage(), e);
        }
    }

    private static String version(Path programs) throws IOException {
        Matcher matcher = VERSION.matcher(
                Executables.output(List.of(programs.resolve("postgres").toString(), "--version")));
        return matcher.find() ? matcher.group(1) : "unknown";
    }
}
