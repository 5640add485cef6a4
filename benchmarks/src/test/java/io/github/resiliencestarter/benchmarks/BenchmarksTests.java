package io.github.resiliencestarter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksTests {

    @Test
    void everyBenchmarkRuns() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .param("peer", "BY_HAND_ALONE", "OURS_BARE")
                        .mode(Mode.SingleShotTime)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark())
                .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
                .contains(
                        "Success.call",
                        "OpenCircuit.call",
                        "FailThenSucceed.call",
                        "SuccessInTime.call",
                        "SuccessLater.call",
                        "OpenCircuitLater.call",
                        "SlidingWindow.recordSuccess",
                        "SlidingWindow.recordMixed");
    }
}
