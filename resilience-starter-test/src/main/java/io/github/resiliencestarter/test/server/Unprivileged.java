package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs that refuse to be run by root.
 *
 * @param name who runs them in root's place; null if we are not root
 */
record Unprivileged(@Nullable String name) {

    private static final List<String> CANDIDATES = List.of("postgres", "nobody");

    static Unprivileged current() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Unprivileged(null);
        }
        for (String candidate : CANDIDATES) {
            if (exists(candidate)) {
                return new Unprivileged(candidate);
            }
        }
        throw new IOException("root may not run it, and there is no user of the names " + CANDIDATES);
    }

    static boolean isPossible() {
        return !"root".equals(System.getProperty("user.name"))
                || Executables.onPath("setpriv").isPresent();
    }

    private static boolean exists(String user) {
        try {
            Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }

    void owns(Path directory) throws IOException {
        if (name != null) {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
        }
    }

    /** Becomes the program by {@code exec}, so the process id stays; {@code su} would stand in between. */
    List<String> command(String... command) throws IOException {
        List<String> whole = new ArrayList<>();
        if (name != null) {
            String group = Executables.output(List.of("id", "-gn", name));
            whole.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return whole;
    }
}
