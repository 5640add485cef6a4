package io.github.resiliencestarter.call.outcome;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or an HTTP date. Thread-safe.
 *
 * @param clock what time it is for a date
 */
record RetryAfter(Clock clock) {

    /** What no call waits for; digits beyond a long are no mistake of the remote's, only a lot of patience. */
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** How long to wait from now; a date that is over means now. Null where there is no header, or none that can be read. */
    @Nullable
    Duration read(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String value = header.strip();
        if (value.chars().allMatch(each -> each >= '0' && each <= '9')) {
            return seconds(value);
        }
        try {
            Duration left =
                    Duration.between(clock.instant(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException | ArithmeticException malformed) {
            return null;
        }
    }

    private static Duration seconds(String digits) {
        try {
            return Duration.ofSeconds(Long.parseLong(digits));
        } catch (NumberFormatException more) {
            return FOREVER;
        }
    }
}
