package io.github.resiliencestarter.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How long the processors were at it, per operation: all Java threads together, without the compiler and the garbage
 * collector. Unlike the clock on the wall it does not tick while another process has the processor.
 */
public final class CpuTime implements InternalProfiler {

    static final String LABEL = "cpu";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private Map<Long, Long> before = Map.of();

    @Override
    public String getDescription() {
        return "CPU time of all Java threads per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = Arrays.stream(threads.getAllThreadIds()).boxed().collect(Collectors.toMap(id -> id, this::nanos));
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long used = Arrays.stream(threads.getAllThreadIds())
                .map(id -> nanos(id) - before.getOrDefault(id, 0L))
                .sum();
        long operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(LABEL, (double) used / operations, "ns/op", AggregationPolicy.AVG));
    }

    /** A thread that has ended since has no time any more. */
    private long nanos(long thread) {
        return Math.max(0, threads.getThreadCpuTime(thread));
    }
}
