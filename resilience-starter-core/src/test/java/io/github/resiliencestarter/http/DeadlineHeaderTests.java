package io.github.resiliencestarter.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.RetriesInside;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DeadlineHeaderTests {

    private final VirtualTime time = new VirtualTime();
    private final DeadlineHeader header = new DeadlineHeader("Request-Timeout-Ms", ofSeconds(60), time);

    private CallScope.Captured within(Duration left) {
        return new CallScope.Captured(time.nanoTime() + left.toNanos(), RetriesInside.SUPPRESSED);
    }

    private long left(String value) {
        return header.scopeOf(value).remaining(time) / 1_000_000;
    }

    @Test
    void what_is_sent_is_the_whole_milliseconds_that_are_left() {
        assertThat(header.valueFor(within(ofMillis(1500)), "GET other")).isEqualTo("1500");
        assertThat(header.valueFor(within(ofMillis(1500).plusNanos(999_999)), "GET other"))
                .isEqualTo("1500");
    }

    @Test
    void outside_of_any_deadline_nothing_is_sent() {
        assertThat(header.valueFor(CallScope.Captured.NONE, "GET other")).isNull();
        assertThat(header.valueFor(
                        new CallScope.Captured(CallScope.NO_DEADLINE, RetriesInside.SUPPRESSED), "GET other"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {999_999, 0, -1, -5_000_000_000L})
    void a_request_whose_answer_nobody_would_wait_for_is_not_made(long nanosLeft) {
        assertThatThrownBy(() -> header.valueFor(within(ofNanos(nanosLeft)), "GET other"))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("GET other");
    }

    @ParameterizedTest
    @CsvSource({
        "1500, 1500",
        "' 20 ', 20",
        "0, 0",
        "60000, 60000",
        "60001, 60000",
        "999999999999999, 60000",
        "9223372036854775807, 60000",
        "99999999999999999999999999999999999, 60000",
        "00000000000000000000000000000000005, 60000",
    })
    void a_time_is_taken_as_it_is_or_cut_to_the_longest(String value, long millis) {
        assertThat(left(value)).isEqualTo(millis);
        assertThat(header.ignored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "+5", "1.5", "5s", "1e3", "0x10", "NaN", "١٢", "12 13", "5,6", "\r\nfoo"})
    void what_is_no_number_of_milliseconds_is_ignored_and_counted(String value) {
        assertThat(header.scopeOf(value)).isNull();
        assertThat(header.ignored()).isEqualTo(1);
    }

    @Test
    void who_waits_for_the_answer_says_nothing_of_trying_again() {
        assertThat(header.scopeOf("5").nestedRetries()).isEqualTo(RetriesInside.ALLOWED);
    }

    @Test
    void a_request_without_the_header_is_not_counted() {
        assertThat(header.scopeOf(null)).isNull();
        assertThat(header.ignored()).isZero();
    }

    @Test
    void a_header_that_cannot_be_read_is_a_warning_once_and_never_breaks_the_log(CapturedOutput output) {
        header.scopeOf("-7\n2026 ERROR forged" + "x".repeat(5000));
        header.scopeOf("-8");
        assertThat(output.toString().lines().filter(line -> line.contains("Request-Timeout-Ms")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("WARN", "'-7?2026 ERROR forged", "resilience.deadline.accept: false")
                        .hasSizeLessThan(400));
        assertThat(header.ignored()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "Time:", "Zeit\n", "Frist-für"})
    void a_name_that_no_header_can_have_stops_the_start(String name) {
        assertThatThrownBy(() -> new DeadlineHeader(name, ofSeconds(60), time))
                .isInstanceOf(ResilienceConfigurationException.class)
                .hasMessageContaining("resilience.deadline.header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S"})
    void a_longest_time_that_is_none_stops_the_start(Duration max) {
        assertThatThrownBy(() -> new DeadlineHeader("Time-Left", max, time))
                .isInstanceOf(ResilienceConfigurationException.class)
                .hasMessageContaining("resilience.deadline.max");
    }
}
