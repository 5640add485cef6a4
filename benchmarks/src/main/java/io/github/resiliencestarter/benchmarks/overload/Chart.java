package io.github.resiliencestarter.benchmarks.overload;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An SVG with a panel for each policy: the calls of the clients as a line, those that were answered as an area. */
final class Chart {

    private static final int LEFT = 56;
    private static final int WIDTH = 720;
    private static final int PANEL = 84;
    private static final int GAP = 34;
    private static final int TOP = 30;

    private final Model model;
    private final double most;

    private Chart(Model model) {
        this.model = model;
        this.most = model.capacity() * Math.max(1, model.overloaded()) * 1.1;
    }

    static String of(List<Run> runs) {
        return new Chart(runs.get(0).model()).draw(runs);
    }

    private String draw(List<Run> runs) {
        int height = TOP + runs.size() * (PANEL + GAP) + 20;
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                LEFT + WIDTH + 20, height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int panel = 0; panel < runs.size(); panel++) {
            svg.append(panel(runs.get(panel), TOP + panel * (PANEL + GAP)));
        }
        int bottom = TOP + runs.size() * (PANEL + GAP) - GAP;
        for (int second = 0; second <= model.end().toSeconds(); second += 10) {
            svg.append(text(x(second), bottom + 16, "middle", "#444", second + " s"));
        }
        return svg.append("</svg>\n").toString();
    }

    private String panel(Run run, int top) {
        Counts counts = run.counts();
        int bottom = top + PANEL;
        double start = model.before().toSeconds();
        double end = model.overloadEnd().toSeconds();
        double capacity = y(model.capacity(), bottom);
        String recovery = run.recovery().isPresent()
                ? "recovered " + run.recovery().getAsInt() + " s after the overload"
                : "not recovered";
        return text(LEFT, top - 6, "start", "#000", run.policy().title() + ": " + recovery)
                + format(
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f3e3c8\"/>%n",
                        x(start), top, x(end) - x(start), PANEL)
                + format(
                        "<polygon points=\"%d,%d %s %d,%d\" fill=\"#3b7dba\"/>%n",
                        LEFT, bottom, line(counts, true, bottom), LEFT + WIDTH, bottom)
                + format("<polyline points=\"%s\" fill=\"none\" stroke=\"#777\"/>%n", line(counts, false, bottom))
                + format(
                        "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#b03a2e\" stroke-dasharray=\"4 3\"/>%n",
                        LEFT, LEFT + WIDTH, capacity, capacity)
                + text(LEFT - 6, capacity + 4, "end", "#b03a2e", format("%,.0f/s", model.capacity()))
                + text(LEFT - 6, bottom, "end", "#444", "0");
    }

    private String line(Counts counts, boolean answers, int bottom) {
        return IntStream.range(0, counts.seconds())
                .mapToObj(second -> format(
                        "%.1f,%.1f",
                        x(second + 0.5),
                        y(answers ? counts.answers(second, second + 1) : counts.calls(second, second + 1), bottom)))
                .collect(Collectors.joining(" "));
    }

    private double x(double second) {
        return LEFT + WIDTH * second / model.end().toSeconds();
    }

    private double y(double perSecond, int bottom) {
        return bottom - PANEL * Math.min(1, perSecond / most);
    }

    private static String text(double x, double y, String anchor, String colour, String text) {
        return format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, colour, text);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
