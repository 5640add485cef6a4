package io.github.resiliencestarter.benchmarks;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What resilience4j's breaker itself costs per call, with each way to keep its sliding window consistent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class SlidingWindow {

    @Param
    SlidingWindowSynchronizationStrategy strategy = SlidingWindowSynchronizationStrategy.SYNCHRONIZED;

    @Param({"COUNT_BASED:50", "TIME_BASED:10"})
    String window = "COUNT_BASED:50";

    private CircuitBreaker breaker = CircuitBreaker.ofDefaults("replaced by open()");

    @Setup
    public void open() {
        String[] typeAndSize = window.split(":", 2);
        breaker = CircuitBreaker.of(
                "window",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                Integer.parseInt(typeAndSize[1]),
                                10,
                                SlidingWindowType.valueOf(typeAndSize[0]),
                                strategy)
                        .build());
    }

    @Benchmark
    public void recordSuccess() {
        breaker.acquirePermission();
        breaker.onSuccess(1_000, TimeUnit.NANOSECONDS);
    }

    /** One call in five fails: below the threshold, so the breaker stays closed. */
    @Benchmark
    public void recordMixed(Outcomes outcomes) {
        breaker.acquirePermission();
        if (outcomes.nextFails()) {
            breaker.onError(1_000, TimeUnit.NANOSECONDS, Outcomes.FAILURE);
        } else {
            breaker.onSuccess(1_000, TimeUnit.NANOSECONDS);
        }
    }

    @State(Scope.Thread)
    public static class Outcomes {

        static final Exception FAILURE = new Exception("preallocated");

        private int calls;

        boolean nextFails() {
            calls = calls == 4 ? 0 : calls + 1;
            return calls == 0;
        }
    }
}
