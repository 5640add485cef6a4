package io.github.resiliencestarter.benchmarks.report;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How often and how long to measure.
 *
 * @param rounds each round measures every peer in a new JVM. Whole rounds one after the other, rather than all forks of
 *     a peer: a busy minute of the machine then falls on all peers
 * @param threads the numbers of threads that call at the same time
 * @param warmup seconds of warm-up in each JVM
 * @param measurement seconds of measurement in each JVM
 */
record Run(int rounds, List<Integer> threads, double warmup, double measurement) {

    private static final int ITERATIONS = 4;

    static Run full() {
        return new Run(2, List.of(1, 2), 1.5, 1.2);
    }

    /** Shows that everything works, and orders of magnitude. */
    static Run quick() {
        return new Run(1, List.of(1), 1.0, 0.6);
    }

    /** For a machine that is busy: the warm-up must leave the compiler enough time. */
    Run withWarmup(double seconds) {
        return new Run(rounds, threads, seconds, measurement);
    }

    Run withRounds(int number) {
        return new Run(number, threads, warmup, measurement);
    }

    Measurements measure(String scenarios, PrintStream raw) throws RunnerException {
        Measurements measurements = new Measurements();
        OutputFormat format = OutputFormatFactory.createFormatInstance(raw, VerboseMode.NORMAL);
        for (int round = 1; round <= rounds; round++) {
            for (int callers : threads) {
                System.err.printf("Round %d of %d, threads: %d%n", round, rounds, callers);
                Collection<RunResult> results = new Runner(options(scenarios, callers), format).run();
                results.forEach(measurements::add);
            }
        }
        return measurements;
    }

    private Options options(String scenarios, int callers) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(scenarios)
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true)
                .threads(callers)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(slice(warmup, 3))
                .measurementIterations(ITERATIONS)
                .measurementTime(slice(measurement, ITERATIONS));
        return options.build();
    }

    private static TimeValue slice(double seconds, int slices) {
        return TimeValue.milliseconds(Math.round(seconds * 1000 / slices));
    }
}
