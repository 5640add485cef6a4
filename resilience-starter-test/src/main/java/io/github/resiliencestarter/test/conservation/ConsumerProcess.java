package io.github.resiliencestarter.test.conservation;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer in a JVM of its own that can be killed and started again, and tells through {@link ProcessedNumbers} what it has
 * processed. Thread-safe.
 */
public final class ConsumerProcess {

    private static final long LOOK_EVERY_MILLISECONDS = 10;

    private final Class<?> application;
    private final List<String> arguments;
    private final File log;
    private final LongConsumer processed;
    private @Nullable Process process;
    private @Nullable Thread reader;

    /**
     * @param application has a main method, and runs with the class path of this JVM
     * @param log what it logs, over all its lives
     * @param processed gets each number that it has processed
     */
    public ConsumerProcess(Class<?> application, List<String> arguments, File log, LongConsumer processed) {
        this.application = application;
        this.arguments = arguments;
        this.log = log;
        this.processed = processed;
    }

    /** Returns when it consumes, or will do so soon. */
    public synchronized void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                application.getName()));
        command.addAll(arguments);
        try {
            Path numbers = Files.createTempFile("processed", ".txt");
            numbers.toFile().deleteOnExit();
            Process started = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(numbers.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            process = started;
            CountDownLatch ready = new CountDownLatch(1);
            reader = new Thread(() -> read(started, numbers, ready), "processed-numbers");
            reader.setDaemon(true);
            reader.start();
            if (!ready.await(180, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The consumer does not start; its log is " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as {@code kill -9} does, and reads to the end what it had processed. */
    public synchronized void kill() {
        if (process != null && reader != null) {
            process.destroyForcibly().onExit().join();
            try {
                reader.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }

    /** Ends it in good order. */
    public synchronized void stop() {
        if (process != null) {
            process.destroy();
            process.onExit()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .exceptionally(late -> null)
                    .join();
            kill();
        }
    }

    /** A file, not a pipe: of a pipe the JDK reads the rest itself when the process ends, and closes it under its reader. */
    private void read(Process started, Path numbers, CountDownLatch ready) {
        try (InputStream written = Files.newInputStream(numbers)) {
            StringBuilder line = new StringBuilder();
            byte[] bytes = new byte[8192];
            while (true) {
                boolean ended = !started.isAlive(); // asked first, so that nothing comes after what is read now
                int count = written.read(bytes);
                for (int i = 0; i < count; i++) {
                    if (bytes[i] == '\n') {
                        take(line.toString(), ready);
                        line.setLength(0);
                    } else {
                        line.append((char) bytes[i]);
                    }
                }
                if (count < 0 && ended) {
                    return;
                }
                if (count < 0) {
                    Thread.sleep(LOOK_EVERY_MILLISECONDS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String line, CountDownLatch ready) {
        if (line.equals(ProcessedNumbers.READY)) {
            ready.countDown();
        } else {
            processed.accept(Long.parseLong(line));
        }
    }
}
