package io.github.resiliencestarter.test.assertion;

import org.jspecify.annotations.Nullable;

/**
 * The probe of the running test. Each test thread has its own, for tests may run side by side; a thread that a test has
 * started asks for that of the test that began last.
 */
final class CurrentProbe {

    private static final ThreadLocal<@Nullable ResilienceProbe> OF_THREAD = new ThreadLocal<>();
    private static volatile @Nullable ResilienceProbe latest;

    private CurrentProbe() {}

    static void set(@Nullable ResilienceProbe probe) {
        if (probe == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(probe);
        }
        latest = probe;
    }

    static ResilienceProbe get() {
        ResilienceProbe ofThread = OF_THREAD.get();
        ResilienceProbe probe = ofThread != null ? ofThread : latest;
        if (probe == null) {
            throw new IllegalStateException(
                    "No application is being tested: annotate the test class with @ResilienceTest,"
                            + " or with @ExtendWith(ResilienceExtension.class) beside @SpringBootTest");
        }
        return probe;
    }
}
