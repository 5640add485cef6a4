package io.github.resiliencestarter.benchmarks.messages;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The measurements as Markdown: rates, and what ours promises. */
final class MessageTables {

    /** {@code resilience.kafka.consumer.dead-letter.max-in-flight} where nobody has set it. */
    static final int LIMIT_IN_FLIGHT = 1_000;

    private final List<Measured> measured;
    private final List<Double> percents;

    MessageTables(List<Measured> measured) {
        this.measured = measured;
        this.percents = measured.stream()
                .map(run -> run.load().poisonPercent())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return rates() + "\n" + promises();
    }

    private String rates() {
        String columns = percents.stream()
                .map(percent -> " %s %% poison |".formatted(TargetLine.number(percent)))
                .collect(Collectors.joining());
        return "| records per second |" + columns + "\n|---|" + "---|".repeat(percents.size()) + "\n"
                + Arrays.stream(MessagePeer.values()).map(this::row).collect(Collectors.joining());
    }

    private String row(MessagePeer peer) {
        return "| " + peer.title() + " |"
                + percents.stream()
                        .map(percent -> " " + cell(of(peer, percent)) + " |")
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String cell(List<Measured> runs) {
        if (runs.isEmpty()) {
            return "-";
        }
        Optional<Measured> incomplete =
                runs.stream().filter(run -> !run.isComplete()).findFirst();
        if (incomplete.isPresent()) {
            Measured run = incomplete.get();
            Load load = run.load();
            return "**stuck** after %,d of %,d good records, with %,d of %,d dead letters"
                    .formatted(run.good(), load.measuredGood(), run.deadLetters(), load.measuredPoison());
        }
        DoubleSummaryStatistics rates =
                runs.stream().mapToDouble(Measured::perSecond).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f)%s%s",
                median(runs),
                rates.getMin(),
                rates.getMax(),
                runs.get(0).load().isWhole()
                        ? ""
                        : " [first %,d]".formatted(runs.get(0).load().measured()),
                runs.stream().allMatch(run -> run.again() == 0) ? "" : ", some processed twice");
    }

    private String promises() {
        return "| what | target | |\n|---|---|---|\n"
                + ratio(
                        "ours / stock without error handler, no poison",
                        0.95,
                        MessagePeer.OURS,
                        0,
                        MessagePeer.PLAIN,
                        0)
                + cpuRatio(MessagePeer.OURS, 0, MessagePeer.PLAIN)
                + ratio("ours, 1 % poison / ours, none", 0.5, MessagePeer.OURS, 1, MessagePeer.OURS, 0)
                + cpuRatio(MessagePeer.OURS, 1, MessagePeer.OURS)
                + ratio("ours / stock DefaultErrorHandler, 1 % poison", 50, MessagePeer.OURS, 1, MessagePeer.STOCK, 1)
                + TargetLine.of(
                        "ours: dead letters in flight, at most",
                        "<= " + LIMIT_IN_FLIGHT,
                        mostInFlight(),
                        most -> most <= LIMIT_IN_FLIGHT)
                + TargetLine.of(
                        "ours: runs in which each poison record is in the dead letter topic once, and nothing else",
                        "all",
                        OptionalDouble.of(exactRuns()),
                        share -> share == 1);
    }

    private String ratio(
            String what, double target, MessagePeer over, double overPercent, MessagePeer under, double underPercent) {
        List<Measured> numerator = of(over, overPercent);
        List<Measured> denominator = of(under, underPercent);
        OptionalDouble ratio = numerator.isEmpty() || denominator.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(median(numerator) / median(denominator));
        return TargetLine.of(what, ">= " + TargetLine.number(target), ratio, value -> value >= target);
    }

    /** A busy machine takes its time, and this it does not change. */
    private String cpuRatio(MessagePeer over, double overPercent, MessagePeer underWithoutPoison) {
        OptionalDouble one = medianCpu(of(over, overPercent));
        OptionalDouble other = medianCpu(of(underWithoutPoison, 0));
        OptionalDouble ratio = one.isPresent() && other.isPresent()
                ? OptionalDouble.of(other.getAsDouble() / one.getAsDouble())
                : OptionalDouble.empty();
        return TargetLine.of("the same by processor time of the consumer thread", "", ratio, value -> true);
    }

    private OptionalDouble mostInFlight() {
        return ours().stream().mapToDouble(Measured::mostInFlight).max();
    }

    private double exactRuns() {
        return (double) ours().stream().filter(Measured::isComplete).count() / Math.max(1, ours().size());
    }

    private List<Measured> ours() {
        return measured.stream().filter(run -> run.peer() == MessagePeer.OURS).toList();
    }

    private List<Measured> of(MessagePeer peer, double percent) {
        return measured.stream()
                .filter(run -> run.peer() == peer && run.load().poisonPercent() == percent)
                .toList();
    }

    private static double median(List<Measured> runs) {
        return TargetLine.median(runs.stream().mapToDouble(Measured::perSecond)).orElseThrow();
    }

    private static OptionalDouble medianCpu(List<Measured> runs) {
        return TargetLine.median(runs.stream().mapToDouble(Measured::cpuNanosPerRecord));
    }
}
