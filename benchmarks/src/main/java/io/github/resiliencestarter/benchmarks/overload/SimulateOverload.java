package io.github.resiliencestarter.benchmarks.overload;

import io.github.resiliencestarter.benchmarks.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Simulates 1,000 clients of a server that gets half as much again as it can do, for half a minute, and prints what each
 * policy makes of it.
 *
 * <p>{@code overload [--seed=1,2,3] [--seconds=30] [--instances=5] [--queue=4000] [--svg=<file>]}: the same seed is the same
 * run, on every machine; the chart is that of the first seed.
 */
public final class SimulateOverload {

    private SimulateOverload() {}

    public static void main(String[] arguments) throws IOException {
        Options options = new Options(arguments);
        List<Long> seeds = options.names("seed", Long::valueOf, 1L, 2L, 3L);
        Model standard = Model.standard();
        Model model = standard.with(
                options.number("instances", standard.instances()),
                options.number("queue", standard.queue()),
                Duration.ofSeconds(
                        options.number("seconds", (int) standard.overload().toSeconds())));
        Comparison comparison = Comparison.of(model, seeds);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(Tables.load(model, seeds));
        out.println(Tables.goodput(comparison.runsOf(seeds.get(0))));
        out.println(Tables.summary(comparison));
        String svg = options.text("svg", "");
        if (!svg.isEmpty()) {
            Files.writeString(Path.of(svg), Chart.of(comparison.runsOf(seeds.get(0))));
        }
    }
}
