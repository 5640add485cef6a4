package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** When an attempt is hedged: after a fixed time, or after a quantile of the latencies of late. Immutable. */
public final class HedgeDelay {

    private final @Nullable Duration fixed;
    private final double quantile;

    private HedgeDelay(@Nullable Duration fixed, double quantile) {
        this.fixed = fixed;
        this.quantile = quantile;
    }

    /**
     * Reads {@code 200ms}, {@code 2s}, {@code p95} or {@code p99.9}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static HedgeDelay of(String text) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        if (!trimmed.startsWith("p") || trimmed.startsWith("pt")) {
            return new HedgeDelay(DurationStyle.detectAndParse(text.trim()), 0);
        }
        double percent = Double.parseDouble(trimmed.substring(1));
        if (!(percent > 0 && percent < 100)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no quantile: use p50 to p99.9, or a time such as 200ms");
        }
        return new HedgeDelay(null, percent / 100);
    }

    /** The time; null where it is a quantile. */
    public @Nullable Duration fixed() {
        return fixed;
    }

    /** The quantile from 0 to 1; 0 where it is a fixed time. */
    public double quantile() {
        return quantile;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HedgeDelay delay && delay.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        if (fixed != null) {
            return Text.of(fixed);
        }
        double percent = Math.round(quantile * 100_000) / 1000.0;
        return percent == Math.rint(percent) ? "p" + (long) percent : "p" + percent;
    }
}
