package io.github.resiliencestarter.messaging.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.call.plan.BackoffSettings;
import io.github.resiliencestarter.call.plan.RetrySettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTests {

    @Test
    void without_settings_the_built_in_defaults_hold() {
        RetryPolicy policy = RetryPolicy.of(List.of());
        assertThat(policy.maxAttempts()).isEqualTo(3);
        assertThat(policy.backoff()).isEqualTo(new Backoff(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0.5));
        assertThat(policy.allows(2, new IOException())).isTrue();
        assertThat(policy.allows(3, new IOException())).isFalse();
        assertThat(policy.allows(1, new NullPointerException())).isFalse();
    }

    @Test
    void each_key_comes_from_the_nearest_that_has_it() {
        RetrySettings topic = settings(null, 7, new BackoffSettings(Duration.ofSeconds(1), null, null, null));
        RetrySettings all =
                settings(null, 5, new BackoffSettings(Duration.ofSeconds(2), 3.0, Duration.ofSeconds(9), null));
        RetryPolicy policy = RetryPolicy.of(List.of(), topic, all);
        assertThat(policy.maxAttempts()).isEqualTo(7);
        assertThat(policy.backoff()).isEqualTo(new Backoff(Duration.ofSeconds(1), 3.0, Duration.ofSeconds(9), 0.5));
    }

    @Test
    void retries_that_are_switched_off_leave_a_single_attempt() {
        assertThat(RetryPolicy.of(List.of(), settings(false, 5, null)).maxAttempts())
                .isOne();
    }

    @Test
    void the_wait_grows() {
        RetryPolicy policy =
                RetryPolicy.of(List.of(), settings(null, null, new BackoffSettings(null, null, null, 0.0)));
        assertThat(policy.waitAfter(1)).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.waitAfter(2)).isEqualTo(Duration.ofMillis(400));
        assertThat(policy.waitAfter(9)).isEqualTo(Duration.ofSeconds(5));
    }

    private static RetrySettings settings(Boolean enabled, Integer attempts, BackoffSettings backoff) {
        return new RetrySettings(enabled, null, attempts, backoff, null, null);
    }
}
