package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server as a child process. What it prints is its log, {@code server.log} in its directory. */
final class ServerProcess {

    /** Nothing runs before the reaper knows it: the shell waits for a line, and becomes the server. Without a JVM no line comes. */
    private static final List<String> GATE = List.of("/bin/sh", "-c", "read -r go || exit 1; exec \"$@\" </dev/null");

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration DYING = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);

    private final String name;
    private final Path log;
    private final Process process;
    private List<ProcessHandle> frozen = List.of();

    private ServerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static ServerProcess start(String name, Path directory, Launch launch) throws IOException {
        Path log = directory.resolve("server.log");
        List<String> command = new ArrayList<>(GATE);
        command.add(name);
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        if (!launch.inherits()) {
            builder.environment().clear();
        }
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        Reaper.watch(process.pid());
        process.onExit().thenRun(() -> Reaper.forget(process.pid()));
        try (OutputStream gate = process.getOutputStream()) {
            gate.write('\n');
        }
        return new ServerProcess(name, log, process);
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /**
     * Waits until the server answers.
     *
     * @param answers asked again and again; an exception means not yet
     * @throws ServerException if it has ended or the time is over; it is killed then
     */
    void awaitReady(Callable<Boolean> answers, Duration limit) {
        long start = System.nanoTime();
        @Nullable Exception last = null;
        while (System.nanoTime() - start < limit.toNanos()) {
            try {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failure("ended with exit code " + process.exitValue() + " while starting", null);
                }
                if (answers.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                kill();
                throw failure("was starting when the thread was interrupted", e);
            } catch (ServerException e) {
                throw e;
            } catch (Exception notYet) {
                last = notYet;
            }
        }
        kill();
        throw failure("did not answer within " + limit.toSeconds() + " s and was killed", last);
    }

    private ServerException failure(String what, @Nullable Exception cause) {
        return new ServerException(
                name + " " + what + (cause == null ? "" : " (" + cause + ")") + ". The last lines of its log say why:\n"
                        + log().indent(4).stripTrailing(),
                cause);
    }

    /** {@code SIGTERM}, and {@code SIGKILL} after 30 s. Returns when it has ended. */
    void terminate() {
        resume();
        process.destroy();
        if (!hasEndedWithin(GRACE)) {
            kill();
        }
    }

    /** {@code SIGKILL}, for whatever it has forked too. Returns when all have ended. */
    void kill() {
        if (process.isAlive()) {
            // first it forks nothing more: a child that is not in the list would live on, with what they share
            signal("STOP", List.of(process.toHandle()));
        }
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        hasEndedWithin(DYING);
        awaitEnd(family, DYING);
        frozen.forEach(child -> Reaper.forget(child.pid()));
        frozen = List.of();
    }

    /** {@code SIGSTOP}: first itself, so that it starts nothing more, then what it has forked. */
    void pause() {
        signal("STOP", List.of(process.toHandle()));
        frozen = process.descendants().toList();
        // a frozen child does not notice the death of its parent
        frozen.forEach(child -> Reaper.watch(child.pid()));
        signal("STOP", frozen);
    }

    /** {@code SIGCONT}. */
    void resume() {
        if (process.isAlive()) {
            signal("CONT", family());
        }
        frozen.forEach(child -> Reaper.forget(child.pid()));
        frozen = List.of();
    }

    /** The last lines of its log. */
    String log() {
        return LogTail.of(log);
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), Stream.concat(process.descendants(), frozen.stream()))
                .distinct()
                .toList();
    }

    private void signal(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -" + signal + " \"$@\"", "kill"));
        processes.forEach(handle -> command.add(Long.toString(handle.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new ServerException(name + " cannot be sent SIG" + signal + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasEndedWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks again and again: the JDK sees the end of a process that is not its own child only after 300 ms or more. */
    private static void awaitEnd(List<ProcessHandle> family, Duration limit) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos() && !family.stream().allMatch(ProcessEnd::hasCome)) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
