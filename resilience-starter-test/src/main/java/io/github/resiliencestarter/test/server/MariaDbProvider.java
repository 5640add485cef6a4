package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where MariaDB comes from. */
final class MariaDbProvider implements Provider<MariaDbServer> {

    private static final Pattern VERSION = Pattern.compile("Ver ([0-9.]+)");

    /** Where Debian has servers, which is not in the path of everybody. */
    private static final Path DEBIAN = Path.of("/usr/sbin/mariadbd");

    @Override
    public Kind kind() {
        return Kind.MARIADB;
    }

    @Override
    public @Nullable String absence(Mode mode, int nodes) {
        return switch (mode) {
            case DOCKER -> Containers.absence();
            case LOCAL -> localAbsence();
            case EMBEDDED -> "MariaDB does not run in a JVM";
        };
    }

    private static @Nullable String localAbsence() {
        if (program().isEmpty() || installer().isEmpty()) {
            return "there is no mariadbd or no mariadb-install-db in the PATH; "
                    + "install them with: apt-get install -y --no-install-recommends mariadb-server";
        }
        if (!Unprivileged.isPossible()) {
            return "root may not run MariaDB, and there is no setpriv to become another user; "
                    + "install it with: apt-get install -y --no-install-recommends util-linux";
        }
        return null;
    }

    @Override
    public MariaDbServer create(Mode mode, int nodes) {
        if (mode == Mode.DOCKER) {
            return Containers.mariadb();
        }
        try {
            Path program = program().orElseThrow();
            Recipe recipe = new MariaDbRecipe(
                    program, installer().orElseThrow(), Unprivileged.current(), Ports.address(Ports.free()));
            return new MariaDbServer(mode, version(program), new LocalNode("mariadb-1", recipe));
        } catch (IOException e) {
            throw new ServerException("MariaDB does not run: " + e.getMessage(), e);
        }
    }

    private static Optional<Path> program() {
        return Executables.onPath("mariadbd").or(() -> Optional.of(DEBIAN).filter(Files::isExecutable));
    }

    private static Optional<Path> installer() {
        return Executables.onPath("mariadb-install-db");
    }

    private static String version(Path program) throws IOException {
        Matcher matcher = VERSION.matcher(Executables.output(List.of(program.toString(), "--version")));
        return matcher.find() ? matcher.group(1) : "unknown";
    }
}
