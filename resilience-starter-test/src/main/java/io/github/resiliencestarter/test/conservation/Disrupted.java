package io.github.resiliencestarter.test.conservation;

import java.time.Duration;
import java.util.Locale;

/** A disruption that has happened: after how many messages sent, and when, counted from the start of the run. */
public record Disrupted(String name, long atMessage, Duration began, Duration ended) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "at message %d: %s, from %s to %s", atMessage, name, seconds(began), seconds(ended));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1000.0);
    }
}
