package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.gateway.GatewayMode;
import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the table says of each round. */
final class LoadReport {

    private final Table table = new Table(
            "gateway",
            "orders",
            "act",
            "succeeded",
            "gave up",
            "mean",
            "p99",
            "all took",
            "gateway calls",
            "/products < 100 ms",
            "slowest /products");

    void add(Cell cell, List<Round> rounds) {
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            table.add(
                    title(cell.mode()),
                    (i == 0 ? "first " : "next ") + round.orders().size(),
                    cell.act().title(),
                    percent(round.percent(Kind.CONFIRMED)),
                    percent(round.percent(Kind.GAVE_UP)),
                    time(round.mean()),
                    time(round.p99()),
                    time(round.took()),
                    Integer.toString(round.gatewayCalls()),
                    percent(round.percentOfPromptProducts()),
                    slowest(round.slowestProducts()));
        }
    }

    String text() {
        return table.text();
    }

    String markdown() {
        return table.markdown();
    }

    private static String title(GatewayMode mode) {
        return switch (mode) {
            case HEALTHY -> "healthy";
            case FLAKY -> "60 % work";
            case FORGETFUL -> "30 % of answers lost";
            case SLOW -> "hangs 30 s";
            case DOWN -> "down";
        };
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.0f %%", value);
    }

    private static String slowest(Duration duration) {
        return duration.compareTo(ProductProbe.PATIENCE) < 0 ? time(duration) : "no answer";
    }

    private static String time(Duration duration) {
        return duration.toMillis() < 1_000
                ? duration.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
