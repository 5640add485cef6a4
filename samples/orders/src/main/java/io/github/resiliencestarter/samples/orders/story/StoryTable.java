package io.github.resiliencestarter.samples.orders.story;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The acts as Markdown. */
record StoryTable(List<Act> acts) {

    private static final String ROW = "| %-18s | %5s | %9s | %12s | %18s | %6s |%n";

    @Override
    public String toString() {
        return line("act", "sent", "processed", "open letters", "inventory requests", "took")
                + "|" + "-".repeat(20) + "|" + "-".repeat(7) + "|" + "-".repeat(11) + "|" + "-".repeat(14) + "|"
                + "-".repeat(20) + "|" + "-".repeat(8) + "|\n"
                + acts.stream().map(StoryTable::line).collect(Collectors.joining());
    }

    private static String line(Act act) {
        return line(
                act.title(),
                act.sent(),
                act.processed(),
                act.openLetters(),
                act.requests(),
                String.format(Locale.ROOT, "%.1f s", act.took().toMillis() / 1_000.0));
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }
}
