package io.github.resiliencestarter.messaging.retry;

import java.time.Duration;

/** A delay as people write it, and as a part of a name: {@code 200ms}, {@code 10s}, {@code 90m}. */
public final class DelayText {

    private DelayText() {}

    /** In the largest unit that tells it exactly. */
    public static String of(Duration delay) {
        long millis = delay.toMillis();
        if (millis == 0 || millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        return minutes % (24 * 60) != 0 ? minutes / 60 + "h" : minutes / (24 * 60) + "d";
    }
}
