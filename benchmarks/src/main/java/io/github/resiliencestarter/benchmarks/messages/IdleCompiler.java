package io.github.resiliencestarter.benchmarks.messages;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the compiler of this JVM has caught up. An application that has just started keeps it busy for seconds with what was
 * needed for the start alone, and on a machine with few processors that takes one of them from whatever is measured meanwhile.
 */
final class IdleCompiler {

    /** Time is added when a method is done with, and the longest one of Spring takes most of a second. */
    private static final long QUIET_MILLIS = 1_000;

    /** There may be others on the machine, and then it never catches up. */
    private static final long PATIENCE_MILLIS = 20_000;

    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private IdleCompiler() {}

    static void await() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        long seen = -1;
        while (seen != COMPILER.getTotalCompilationTime() && System.nanoTime() < end) {
            seen = COMPILER.getTotalCompilationTime();
            Thread.sleep(QUIET_MILLIS);
        }
    }
}
