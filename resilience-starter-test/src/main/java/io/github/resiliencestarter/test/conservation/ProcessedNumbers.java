package io.github.resiliencestarter.test.conservation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * The other end of a {@link ConsumerProcess}: the consumer writes what it has processed to its standard output, unbuffered, for
 * what is in that file outlives the process, as what is in a database would. Thread-safe.
 */
public final class ProcessedNumbers {

    static final String READY = "ready";

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private ProcessedNumbers() {}

    /** To be called first: the standard output is for the numbers from now on, and this JVM ends with the one that started it. */
    public static void begin() {
        System.setOut(System.err);
        endWithParent();
    }

    /** The consumer consumes, or will do so soon. */
    public static void ready() throws IOException {
        OUT.write((READY + "\n").getBytes(US_ASCII));
    }

    /** It has processed this one. */
    public static void add(long number) throws IOException {
        OUT.write((number + "\n").getBytes(US_ASCII));
    }

    /** The parent holds the other end of the standard input, for as long as it lives. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nobody writes
                        }
                    } catch (IOException gone) {
                        // as good as the end
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
