package io.github.resiliencestarter.benchmarks.messages;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/** A line of the table of what ours promises: what, the target, and the measured value with its verdict. */
final class TargetLine {

    private TargetLine() {}

    /** @param target empty where the value is told only */
    static String of(String what, String target, OptionalDouble value, DoublePredicate reached) {
        String cell = value.isPresent()
                ? number(value.getAsDouble())
                        + (target.isEmpty() ? "" : reached.test(value.getAsDouble()) ? " yes" : " **NO**")
                : "-";
        return "| " + what + " | " + target + " | " + cell + " |\n";
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value)
                        .replaceAll("\\.?0+$", "");
    }

    static OptionalDouble median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
