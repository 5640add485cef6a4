package io.github.resiliencestarter.test.assertion;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The probe of the running test. Each test thread has its own, for tests may run side by side; a thread that a test has
 * started asks for that of the test that began last, of those that still run.
 */
final class CurrentProbe {

    private static final ThreadLocal<@Nullable ResilienceProbe> OF_THREAD = new ThreadLocal<>();
    private static final Deque<ResilienceProbe> RUNNING = new ConcurrentLinkedDeque<>();

    private CurrentProbe() {}

    static void begin(ResilienceProbe probe) {
        OF_THREAD.set(probe);
        RUNNING.addLast(probe);
    }

    /** The others go on. */
    static void end(ResilienceProbe probe) {
        OF_THREAD.remove();
        RUNNING.removeLastOccurrence(probe);
    }

    static ResilienceProbe get() {
        ResilienceProbe ofThread = OF_THREAD.get();
        ResilienceProbe probe = ofThread != null ? ofThread : RUNNING.peekLast();
        if (probe == null) {
            throw new IllegalStateException(
                    "No application is being tested: annotate the test class with @ResilienceTest,"
                            + " or with @ExtendWith(ResilienceExtension.class) beside @SpringBootTest");
        }
        return probe;
    }
}
