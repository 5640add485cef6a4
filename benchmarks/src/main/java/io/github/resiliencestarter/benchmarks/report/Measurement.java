package io.github.resiliencestarter.benchmarks.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * One peer in one scenario on one number of threads: all iterations of all rounds. Medians throughout: on a machine
 * that others use, too, a mean says more about them.
 */
final class Measurement {

    private static final String BYTES = "gc.alloc.rate.norm";

    private final ListStatistics wall = new ListStatistics();
    private final ListStatistics cpu = new ListStatistics();
    private final ListStatistics bytes = new ListStatistics();
    private final List<ListStatistics> cpuOfRounds = new ArrayList<>();

    void add(RunResult round) {
        cpuOfRounds.add(new ListStatistics());
        round.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .forEach(this::add);
    }

    private void add(IterationResult iteration) {
        Map<String, Result> secondary = iteration.getSecondaryResults();
        double cpuTime = Objects.requireNonNull(secondary.get(CpuTime.LABEL)).getScore();
        wall.addValue(iteration.getPrimaryResult().getScore());
        cpu.addValue(cpuTime);
        cpuOfRounds.get(cpuOfRounds.size() - 1).addValue(cpuTime);
        bytes.addValue(Objects.requireNonNull(secondary.get(BYTES)).getScore());
    }

    /** Nanoseconds on the clock. */
    double wall() {
        return wall.getPercentile(50);
    }

    /** Half of the confidence interval (99.9 %) of the mean time on the clock, as JMH prints it. */
    double error() {
        return wall.getMeanErrorAt(0.999);
    }

    /** Nanoseconds of processor time. */
    double cpu() {
        return cpu.getPercentile(50);
    }

    double bytes() {
        return bytes.getPercentile(50);
    }

    /** How many times the processor time of the other one. */
    double over(Measurement other) {
        return cpu() / other.cpu();
    }

    /** The same within each round: how far they are apart is how much to believe the ratio. */
    DoubleSummaryStatistics roundsOver(Measurement other) {
        DoubleSummaryStatistics ratios = new DoubleSummaryStatistics();
        for (int round = 0; round < cpuOfRounds.size(); round++) {
            ratios.accept(cpuOfRounds.get(round).getPercentile(50)
                    / other.cpuOfRounds.get(round).getPercentile(50));
        }
        return ratios;
    }
}
