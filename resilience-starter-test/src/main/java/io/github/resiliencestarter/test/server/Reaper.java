package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Ends the servers when the JVM has ended, however that came: a shell at the other end of a pipe, which keeps a list of process
 * ids and sees the end of the file when there is no JVM any more. It kills what is listed, frozen processes too, and removes the
 * data directories.
 *
 * <p>There is no shutdown hook: hooks run side by side, so one of ours would take the servers away from application contexts that
 * are just closing. A signal on the death of the parent is no way either: it comes when the <em>thread</em> ends that started
 * the process.
 */
final class Reaper {

    /** The signals of a terminal go to all of its processes; the shell must outlive the JVM. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            pids=
            while read -r what pid; do
              case $what in
                +) pids="$pids $pid" ;;
                -) rest=
                   for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done
                   pids=$rest ;;
              esac
            done
            [ -z "$pids" ] || kill -9 $pids
            case $1 in
              */%s*) rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; } ;;
            esac
            """.formatted(DataDirectory.PREFIX);

    private static final Path SHELL = Path.of("/bin/sh");

    private static @Nullable Reaper instance;

    private final OutputStream pipe;

    private Reaper(Path directories) throws IOException {
        pipe = new ProcessBuilder(SHELL.toString(), "-c", SCRIPT, "resilience-reaper", directories.toString())
                .directory(new java.io.File("/"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .getOutputStream();
    }

    /** From now on the directories are removed when this JVM ends. Without a shell they are not: there is only EMBEDDED then. */
    static synchronized void start(Path directories) {
        try {
            instance = new Reaper(directories);
        } catch (IOException noShell) {
            instance = null;
        }
    }

    static boolean isPossible() {
        return Files.isExecutable(SHELL);
    }

    /** From now on the process is killed if this JVM ends before {@link #forget}. */
    static synchronized void watch(long pid) {
        try {
            if (instance == null) {
                throw new IOException("it did not start");
            }
            instance.tell("+ " + pid);
        } catch (IOException e) {
            throw new ServerException(
                    "The shell that ends servers together with this JVM does not run: " + e
                            + ". Without /bin/sh no server runs as a process; choose -Dresilience.test.brokers=docker",
                    e);
        }
    }

    /** To be called when the process has ended: its id may soon be that of another one. */
    static synchronized void forget(long pid) {
        try {
            if (instance != null) {
                instance.tell("- " + pid);
            }
        } catch (IOException gone) {
            // then there is nobody who could kill a stranger
        }
    }

    private void tell(String line) throws IOException {
        pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }
}
