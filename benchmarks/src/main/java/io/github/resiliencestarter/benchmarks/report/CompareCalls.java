package io.github.resiliencestarter.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures ours and its peers in one run and prints them beside each other.
 *
 * <p>{@code compare [--quick] [--rounds=<number>] [--warmup=<seconds>] [--scenarios=<names>] [--raw=<file>]}: {@code --quick} takes three or four minutes
 * instead of half an hour, and its numbers are rough. On a busy machine give it a longer warm-up, for each JVM; the default is
 * a second and a half. Each round measures everybody once; two is the default. What JMH prints goes to the file.
 */
public final class CompareCalls {

    private static final String SCENARIOS =
            "Success,OpenCircuit,FailThenSucceed,SuccessInTime,SuccessLater,OpenCircuitLater";

    private CompareCalls() {}

    public static void main(String[] arguments) throws IOException, RunnerException {
        List<String> options = Arrays.asList(arguments);
        Run run = options.contains("--quick") ? Run.quick() : Run.full();
        Run chosen = option(options, "--warmup=")
                .map(Double::valueOf)
                .map(run::withWarmup)
                .orElse(run);
        Run repeated = option(options, "--rounds=")
                .map(Integer::valueOf)
                .map(chosen::withRounds)
                .orElse(chosen);
        String scenarios = option(options, "--scenarios=").orElse(SCENARIOS).replace(',', '|');
        Path raw = Path.of(option(options, "--raw=").orElse("jmh-compare.txt"));
        try (PrintStream out = new PrintStream(Files.newOutputStream(raw), true, StandardCharsets.UTF_8)) {
            print(repeated.measure("\\.(" + scenarios + ")\\.", out));
        }
        System.err.println("What JMH printed is in " + raw);
    }

    private static void print(Measurements measurements) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Tables tables = new Tables(measurements);
        out.println("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors\n");
        for (String scenario : measurements.scenarios()) {
            out.println(tables.scenario(scenario));
        }
        out.println(tables.targets());
    }

    private static Optional<String> option(List<String> options, String name) {
        return options.stream()
                .filter(option -> option.startsWith(name))
                .map(option -> option.substring(name.length()))
                .findFirst();
    }
}
