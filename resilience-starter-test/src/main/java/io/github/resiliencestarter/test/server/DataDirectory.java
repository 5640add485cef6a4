package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The directories of the servers, all below one, which belongs to this JVM and is removed when the JVM has ended. */
final class DataDirectory {

    static final String PREFIX = "resilience-servers-";

    private static @Nullable Path root;

    private DataDirectory() {}

    /** A new and empty directory. */
    static synchronized Path create(String name) {
        try {
            if (root == null) {
                root = passable(Files.createTempDirectory(PREFIX).toRealPath());
                Reaper.start(root);
            }
            return passable(Files.createTempDirectory(root, name + "-"));
        } catch (IOException e) {
            throw new ServerException(
                    "No directory for the data of servers can be made in java.io.tmpdir="
                            + System.getProperty("java.io.tmpdir") + ": " + e
                            + ". Set -Djava.io.tmpdir to a directory that exists and is writable",
                    e);
        }
    }

    /** A server that refuses to run as root is another user, and has to get to its directory. */
    private static Path passable(Path directory) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return directory;
    }
}
