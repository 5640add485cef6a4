package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values as they would be written in YAML. */
public final class Text {

    private Text() {}

    public static String of(Object value) {
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Text::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof TimeoutSettings.RunsOn || value instanceof NestedRetries) {
            return value.toString().toLowerCase(Locale.ROOT);
        }
        return String.valueOf(value);
    }

    private static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (duration.getNano() % 1_000_000 != 0) {
            return duration.toNanos() + "ns";
        }
        if (millis % 60_000 == 0 && millis > 60_000) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 && millis != 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
