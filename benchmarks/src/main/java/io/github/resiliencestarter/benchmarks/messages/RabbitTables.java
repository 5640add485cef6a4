package io.github.resiliencestarter.benchmarks.messages;

import static io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType.CLASSIC;
import static io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType.QUORUM;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The measurements at RabbitMQ as Markdown: rates for each type of queue, what became of the messages, and what ours promises. */
final class RabbitTables {

    /** {@code resilience.rabbit.listener.dead-letter.max-in-flight} where nobody has set it. */
    static final int LIMIT_IN_FLIGHT = 1_000;

    private static final long BACKOFF = 100;

    private final List<RabbitMeasured> measured;

    RabbitTables(List<RabbitMeasured> measured) {
        this.measured = measured;
    }

    @Override
    public String toString() {
        return Stream.of(rates(CLASSIC), rates(QUORUM), letters(), promises())
                .filter(table -> !table.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** A column of a table of rates. */
    private record Column(double percent, long backoff) {

        String title() {
            return TargetLine.number(percent) + " % poison" + (percent > 0 ? ", back-off " + backoff + " ms" : "");
        }
    }

    private String rates(QueueType type) {
        List<Column> columns = measured.stream()
                .filter(run -> run.load().queueType() == type)
                .map(run -> new Column(
                        run.load().messages().poisonPercent(), run.load().backoffMillis()))
                .distinct()
                .sorted(Comparator.comparingLong(Column::backoff).thenComparingDouble(Column::percent))
                .toList();
        if (columns.isEmpty()) {
            return "";
        }
        String titles =
                columns.stream().map(column -> " " + column.title() + " |").collect(Collectors.joining());
        return "| " + type.name().toLowerCase(Locale.ROOT) + ", messages per second |" + titles + "\n|---|"
                + "---|".repeat(columns.size()) + "\n"
                + Arrays.stream(RabbitPeer.values())
                        .map(peer -> row(peer, type, columns))
                        .collect(Collectors.joining());
    }

    private String row(RabbitPeer peer, QueueType type, List<Column> columns) {
        return "| " + peer.title() + " |"
                + columns.stream()
                        .map(column -> " " + cell(of(peer, type, column.percent(), column.backoff())) + " |")
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String cell(List<RabbitMeasured> runs) {
        if (runs.isEmpty()) {
            return "-";
        }
        Optional<RabbitMeasured> incomplete =
                runs.stream().filter(run -> !run.isComplete()).findFirst();
        if (incomplete.isPresent()) {
            RabbitMeasured run = incomplete.get();
            return "**stuck** after %,d of %,d good messages, %,d left, %,d dead letters missing"
                    .formatted(run.good(), run.load().messages().measuredGood(), run.left(), run.missing());
        }
        DoubleSummaryStatistics rates =
                runs.stream().mapToDouble(RabbitMeasured::perSecond).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f) [%,d messages]",
                median(runs, RabbitMeasured::perSecond).orElseThrow(),
                rates.getMin(),
                rates.getMax(),
                runs.get(0).load().messages().records());
    }

    private String letters() {
        return "| all runs together | poison messages | dead letters | missing | too many | processed twice | left in the queue |\n"
                + "|---|---|---|---|---|---|---|\n"
                + Arrays.stream(RabbitPeer.values())
                        .filter(peer -> measured.stream().anyMatch(run -> run.peer() == peer))
                        .map(peer -> "| " + peer.title() + " |"
                                + sum(peer, run -> run.load().messages().poison())
                                + sum(peer, RabbitMeasured::letters)
                                + sum(peer, RabbitMeasured::missing)
                                + sum(peer, RabbitMeasured::tooMany)
                                + sum(peer, RabbitMeasured::again)
                                + sum(peer, RabbitMeasured::left)
                                + "\n")
                        .collect(Collectors.joining());
    }

    private String sum(RabbitPeer peer, ToLongFunction<RabbitMeasured> count) {
        return String.format(
                Locale.ROOT,
                " %,d |",
                measured.stream()
                        .filter(run -> run.peer() == peer)
                        .mapToLong(count)
                        .sum());
    }

    private String promises() {
        List<RabbitMeasured> ours =
                measured.stream().filter(run -> run.peer() == RabbitPeer.OURS).toList();
        return "| what | target | |\n|---|---|---|\n"
                + promises(CLASSIC, 1.5)
                + promises(QUORUM, 2)
                + TargetLine.of(
                        "ours: dead letters in flight, at most",
                        "<= " + LIMIT_IN_FLIGHT,
                        ours.stream().mapToDouble(RabbitMeasured::mostInFlight).max(),
                        most -> most <= LIMIT_IN_FLIGHT)
                + TargetLine.of(
                        "ours: runs in which each poison message is in the dead letter queue once, and nothing else",
                        "all",
                        share(ours),
                        share -> share == 1);
    }

    private String promises(QueueType type, double timesTheStock) {
        List<RabbitMeasured> plain = of(RabbitPeer.PLAIN, type, 0, 0);
        List<RabbitMeasured> clean = of(RabbitPeer.OURS, type, 0, 0);
        List<RabbitMeasured> failing = of(RabbitPeer.OURS, type, 1, 0);
        List<RabbitMeasured> waiting = of(RabbitPeer.OURS, type, 1, BACKOFF);
        String queue = type.name().toLowerCase(Locale.ROOT) + ": ours";
        return ratio(queue + " / stock without error handling, no poison", 0.95, clean, plain)
                + cpuRatio(clean, plain)
                + ratio(queue + ", 1 % poison / ours, none", 0.85, failing, clean)
                + cpuRatio(failing, clean)
                + ratio(
                        queue + " / stock with confirms, 1 % poison",
                        timesTheStock,
                        failing,
                        of(RabbitPeer.STOCK_CONFIRMS, type, 1, 0))
                + told(
                        "as much would be reached by hand, with the same confirms and nothing else",
                        of(RabbitPeer.BY_HAND, type, 1, 0),
                        of(RabbitPeer.STOCK_CONFIRMS, type, 1, 0))
                + told(
                        "as much would be reached by somebody who pays nothing for a failure",
                        plain,
                        of(RabbitPeer.STOCK_CONFIRMS, type, 1, 0))
                + told(
                        queue + " / stock with confirms, 10 % poison",
                        of(RabbitPeer.OURS, type, 10, 0),
                        of(RabbitPeer.STOCK_CONFIRMS, type, 10, 0))
                + ratio(
                        queue + " / stock with confirms, 1 % poison, back-off 100 ms",
                        20,
                        waiting,
                        of(RabbitPeer.STOCK_CONFIRMS, type, 1, BACKOFF))
                + ratio(
                        queue + " / stock with reject, 1 % poison, back-off 100 ms",
                        20,
                        waiting,
                        of(RabbitPeer.STOCK_REJECT, type, 1, BACKOFF));
    }

    private static String ratio(
            String what, double target, List<RabbitMeasured> numerator, List<RabbitMeasured> denominator) {
        return TargetLine.of(
                what, ">= " + TargetLine.number(target), rates(numerator, denominator), value -> value >= target);
    }

    private static String told(String what, List<RabbitMeasured> numerator, List<RabbitMeasured> denominator) {
        return TargetLine.of(what, "", rates(numerator, denominator), value -> true);
    }

    private static OptionalDouble rates(List<RabbitMeasured> numerator, List<RabbitMeasured> denominator) {
        return over(median(numerator, RabbitMeasured::perSecond), median(denominator, RabbitMeasured::perSecond));
    }

    /** A busy machine takes its time, and this it does not change. */
    private static String cpuRatio(List<RabbitMeasured> over, List<RabbitMeasured> under) {
        return TargetLine.of(
                "the same by processor time of the consumer thread",
                "",
                over(
                        median(under, RabbitMeasured::cpuNanosPerMessage),
                        median(over, RabbitMeasured::cpuNanosPerMessage)),
                value -> true);
    }

    private static OptionalDouble over(OptionalDouble numerator, OptionalDouble denominator) {
        return numerator.isPresent() && denominator.isPresent()
                ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble share(List<RabbitMeasured> runs) {
        return runs.stream().mapToDouble(run -> run.isExact() ? 1 : 0).average();
    }

    private static OptionalDouble median(List<RabbitMeasured> runs, ToDoubleFunction<RabbitMeasured> value) {
        return TargetLine.median(runs.stream().mapToDouble(value));
    }

    private List<RabbitMeasured> of(RabbitPeer peer, QueueType type, double percent, long backoff) {
        return measured.stream()
                .filter(run -> run.peer() == peer && run.load().isLike(type, percent, backoff))
                .toList();
    }
}
