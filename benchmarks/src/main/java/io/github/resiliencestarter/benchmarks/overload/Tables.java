package io.github.resiliencestarter.benchmarks.overload;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was simulated, as Markdown. */
final class Tables {

    /** Seconds in a column. */
    private static final int STEP = 5;

    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private Tables() {}

    static String load(Model model, Collection<Long> seeds) {
        int end = seconds(model, false);
        return String.format(
                Locale.ROOT,
                "%,d clients on %d instances; a server of %,.0f requests/s that lets %,d wait; %.0f %% of that, from %d s to %d s %.0f %%; seeds %s%n",
                model.clients(),
                model.instances(),
                model.capacity(),
                model.queue(),
                100 * model.normal(),
                model.before().toSeconds(),
                end,
                100 * model.overloaded(),
                seeds);
    }

    /** Goodput per second, and a small chart of it: a character for each two seconds. */
    static String goodput(List<Run> runs) {
        Counts any = runs.get(0).counts();
        List<Integer> columns = IntStream.iterate(0, from -> from < any.seconds(), from -> from + STEP)
                .boxed()
                .toList();
        Stream<String> head = Stream.concat(
                Stream.of("answers/s from second"), columns.stream().map(String::valueOf));
        StringBuilder table = new StringBuilder(row(head.toList())).append("|---|");
        columns.forEach(column -> table.append("---:|"));
        table.append('\n').append(row(cells("*calls*", columns, any::calls)));
        for (Run run : runs) {
            table.append(row(cells(run.policy().title(), columns, run.counts()::answers)));
        }
        table.append('\n');
        int most = IntStream.range(0, any.seconds())
                .map(second -> any.calls(second, second + 1))
                .max()
                .orElse(1);
        for (Run run : runs) {
            table.append(String.format("    %-26s", run.policy().title()))
                    .append(sparkline(run.counts(), most))
                    .append('\n');
        }
        return table.toString();
    }

    /** All seeds: from the least to the greatest. */
    static String summary(Comparison comparison) {
        StringBuilder table = new StringBuilder(row(List.of(
                        "policy",
                        "goodput in the overload",
                        "in the 10 s after",
                        "in the last 10 s",
                        "requests per call in the overload",
                        "work for nobody",
                        "recovered after")))
                .append("|---|---|---|---|---|---|---|\n");
        for (Policy policy : Policy.values()) {
            table.append(summary(policy, comparison.runsOf(policy)));
        }
        return table.toString();
    }

    private static String summary(Policy policy, List<Run> runs) {
        Model model = runs.get(0).model();
        int start = seconds(model, true);
        int end = seconds(model, false);
        int last = runs.get(0).counts().seconds();
        return row(List.of(
                policy.title(),
                percent(runs, run -> run.goodput(start, end)),
                percent(runs, run -> run.goodput(end, end + 10)),
                percent(runs, run -> run.goodput(last - 10, last)),
                range(
                        runs,
                        "%.1f",
                        "",
                        run -> (double) run.counts().requests(start, end)
                                / run.counts().calls(start, end)),
                percent(runs, Run::wastedPart),
                recovery(runs)));
    }

    private static String recovery(List<Run> runs) {
        return runs.stream().allMatch(run -> run.recovery().isPresent())
                ? range(runs, "%.0f", " s", run -> run.recovery().getAsInt())
                : "**not within " + runs.get(0).model().after().toSeconds() + " s**";
    }

    private static String percent(List<Run> runs, ToDoubleFunction<Run> part) {
        return range(runs, "%.0f", " %", run -> 100 * part.applyAsDouble(run));
    }

    private static String range(List<Run> runs, String format, String unit, ToDoubleFunction<Run> number) {
        DoubleSummaryStatistics all = runs.stream().mapToDouble(number).summaryStatistics();
        String least = String.format(Locale.ROOT, format, all.getMin());
        String greatest = String.format(Locale.ROOT, format, all.getMax());
        return least.equals(greatest) ? least + unit : least + " to " + greatest + unit;
    }

    private static String sparkline(Counts counts, int most) {
        return IntStream.iterate(0, second -> second + 1 < counts.seconds(), second -> second + 2)
                .map(second -> counts.answers(second, second + 2) / 2)
                .mapToObj(answers -> LEVELS.substring(level(answers, most), level(answers, most) + 1))
                .collect(Collectors.joining());
    }

    private static int level(int answers, int most) {
        return Math.min(LEVELS.length() - 1, answers * LEVELS.length() / most);
    }

    private static List<String> cells(String title, List<Integer> columns, Sum sum) {
        return Stream.concat(
                        Stream.of(title),
                        columns.stream().map(from -> Integer.toString(sum.of(from, from + STEP) / STEP)))
                .toList();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static int seconds(Model model, boolean start) {
        return Math.toIntExact((start ? model.before() : model.overloadEnd()).toSeconds());
    }

    private interface Sum {
        int of(int from, int to);
    }
}
