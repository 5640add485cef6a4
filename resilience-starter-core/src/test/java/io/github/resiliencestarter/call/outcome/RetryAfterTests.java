package io.github.resiliencestarter.call.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTests {

    private final RetryAfter retryAfter =
            new RetryAfter(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneId.of("Asia/Tokyo")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                "' 5 ' | PT5S",
                "31536000 | PT8760H",
                "Thu, 01 Jan 2026 00:00:30 GMT | PT30S",
                "Fri, 01 Jan 2027 00:00:00 GMT | PT8760H",
                "Wed, 31 Dec 2025 23:59:59 GMT | PT0S",
            })
    void seconds_and_dates_are_read(String header, Duration wait) {
        assertThat(retryAfter.read(header)).isEqualTo(wait);
    }

    @Test
    void more_seconds_than_fit_into_a_number_are_a_very_long_time() {
        assertThat(retryAfter.read("99999999999999999999999")).isGreaterThan(Duration.ofDays(365_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1.5", "+3", "soon", "2026-01-02", "Thu, 99 Jan 2026 00:00:30 GMT", "", " ", "٣"})
    void what_cannot_be_read_says_nothing(String header) {
        assertThat(retryAfter.read(header)).isNull();
    }

    @Test
    void no_header_says_nothing() {
        assertThat(retryAfter.read(null)).isNull();
    }
}
