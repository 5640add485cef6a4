package io.github.resiliencestarter.benchmarks.report;

import io.github.resiliencestarter.benchmarks.peer.Peer;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The measurements as Markdown. */
final class Tables {

    private final Measurements measurements;

    Tables(Measurements measurements) {
        this.measurements = measurements;
    }

    String targets() {
        String lines = Targets.all().stream().map(this::target).collect(Collectors.joining());
        return header("what | target") + lines;
    }

    String scenario(String scenario) {
        String lines = measurements.peers(scenario).stream()
                .map(peer -> row(label(peer), column(threads -> measured(scenario, peer, threads))))
                .collect(Collectors.joining());
        return header(scenario) + lines;
    }

    private String target(Target target) {
        return row(
                target.what() + " | " + target.limit(),
                column(threads -> target.figure()
                        .read(measurements, threads)
                        .map(target::verdict)
                        .orElse("-")));
    }

    private String measured(String scenario, Peer peer, int threads) {
        return measurements
                .of(scenario, peer, threads)
                .map(it -> "%.0f ± %.0f ns, cpu %.0f ns, %.0f B".formatted(it.wall(), it.error(), it.cpu(), it.bytes()))
                .orElse("-");
    }

    private String header(String first) {
        List<String> columns = column(threads -> threads == 1 ? "1 thread" : threads + " threads");
        long count = first.chars().filter(c -> c == '|').count() + 1 + columns.size();
        return row(first, columns) + "|" + "---|".repeat((int) count) + "\n";
    }

    private List<String> column(IntFunction<String> cell) {
        return measurements.threads().stream().map(cell::apply).toList();
    }

    private static String row(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |\n";
    }

    private static String label(Peer peer) {
        return peer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
