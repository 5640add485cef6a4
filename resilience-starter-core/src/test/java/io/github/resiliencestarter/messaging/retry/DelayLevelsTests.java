package io.github.resiliencestarter.messaging.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.Delay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelayLevelsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final DelayLevels LEVELS =
            new DelayLevels(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)), 0.5);

    @Test
    void each_level_is_followed_by_the_next_and_the_last_by_none() {
        assertThat(LEVELS.after(0, NOW, () -> 0.5))
                .isEqualTo(new Delay(1, Duration.ofSeconds(10), NOW.plusSeconds(10)));
        assertThat(LEVELS.after(1, NOW, () -> 0.5)).isEqualTo(new Delay(2, Duration.ofMinutes(1), NOW.plusSeconds(60)));
        assertThat(LEVELS.after(2, NOW)).isNull();
        assertThat(DelayLevels.NONE.after(0, NOW)).isNull();
    }

    @Test
    void a_level_that_is_not_configured_any_more_is_the_last() {
        assertThat(LEVELS.after(7, NOW)).isNull();
    }

    @Test
    void jitter_spreads_the_wait_around_the_delay() {
        assertThat(LEVELS.after(0, NOW, () -> 0.0).dueAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(LEVELS.after(0, NOW, () -> 1.0).dueAt()).isEqualTo(NOW.plusSeconds(15));
        assertThat(LEVELS.longest(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void jitter_is_drawn_for_each_message() {
        long different = IntStream.range(0, 20)
                .mapToObj(i -> LEVELS.after(0, NOW).dueAt())
                .distinct()
                .count();
        assertThat(different).isGreaterThan(10);
    }

    @Test
    void a_delay_is_written_in_the_largest_unit_that_tells_it() {
        assertThat(List.of(
                        Duration.ofMillis(200),
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(90),
                        Duration.ofHours(6),
                        Duration.ofDays(2)))
                .extracting(DelayText::of)
                .containsExactly("200ms", "1500ms", "10s", "90s", "1m", "90m", "6h", "2d");
    }
}
