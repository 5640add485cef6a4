package io.github.resiliencestarter.call.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTests {

    private final Backoff backoff = new Backoff(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0.5);

    @Test
    void jitter_spreads_a_wait_evenly_over_plus_and_minus_its_part() {
        assertThat(backoff.millisAfter(1, () -> 0.0)).isEqualTo(100);
        assertThat(backoff.millisAfter(1, () -> 0.5)).isEqualTo(200);
        assertThat(backoff.millisAfter(1, () -> 1.0)).isEqualTo(300);
    }

    @Test
    void no_wait_is_longer_than_the_longest_jitter_included() {
        assertThat(backoff.millisAfter(20, () -> 1.0)).isEqualTo(5000);
    }

    @Test
    void a_very_late_attempt_does_not_overflow() {
        assertThat(backoff.millisAfter(5000, () -> 0.5)).isEqualTo(5000);
    }

    @Test
    void without_jitter_every_wait_is_exact() {
        Backoff exact = new Backoff(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0);
        assertThat(exact.millisAfter(3)).isEqualTo(800);
    }
}
