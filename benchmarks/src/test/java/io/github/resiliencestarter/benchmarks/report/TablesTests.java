package io.github.resiliencestarter.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class TablesTests {

    @Test
    void whatWasMeasuredIsShownAndJudged() throws RunnerException {
        Tables tables = new Tables(measure("BY_HAND_BARE", "OURS_BARE"));

        assertThat(tables.scenario("Success"))
                .contains("| Success | 1 thread |", "| by hand bare | ", "| ours bare | ")
                .containsPattern("ours bare \\| \\d+ ± \\S+ ns, cpu \\d+ ns, \\d+ B");
        assertThat(tables.targets())
                .containsPattern(
                        "success, bare: ours / by hand \\| <= 1.2 \\| [\\d.]+ \\([\\d.]+ to [\\d.]+\\) (yes|\\*\\*NO)")
                .contains("| success, host: ours / by hand | <= 1.2 | - |");
    }

    private static Measurements measure(String... peers) throws RunnerException {
        Measurements measurements = new Measurements();
        new Runner(new OptionsBuilder()
                        .include("\\.Success\\.")
                        .param("peer", peers)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTime.class)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(2)
                        .measurementTime(TimeValue.milliseconds(50))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()
                .forEach(measurements::add);
        return measurements;
    }
}
