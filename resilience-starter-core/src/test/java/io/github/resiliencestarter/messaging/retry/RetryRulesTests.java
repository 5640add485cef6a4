package io.github.resiliencestarter.messaging.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.plan.BackoffSettings;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.RetrySettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class RetryRulesTests {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void sound_settings_have_no_problems() {
        BackoffSettings backoff = new BackoffSettings(Duration.ZERO, 1.0, Duration.ZERO, 1.0);
        assertThat(problems(new RetrySettings(true, null, 1, backoff, List.of(IOException.class), List.of())))
                .isEmpty();
        assertThat(problems(null)).isEmpty();
    }

    @Test
    void no_attempt_at_all() {
        environment.setProperty("resilience.test.retry.max-attempts", "0");
        assertThat(problems(new RetrySettings(null, null, 0, null, null, null)))
                .singleElement()
                .asString()
                .startsWith("resilience.test.retry.max-attempts (")
                .endsWith("): 0 must be at least 1. Use 1 for a single attempt and no retry");
    }

    @Test
    void each_part_of_the_back_off_out_of_its_range() {
        BackoffSettings backoff = new BackoffSettings(Duration.ofMillis(-1), 0.9, Duration.ofMillis(-2), 1.1);
        assertThat(problems(new RetrySettings(null, null, null, backoff, null, null)))
                .containsExactlyInAnyOrder(
                        "resilience.test.retry.backoff.delay: PT-0.001S must not be negative. Use 0 or a duration such as 500ms",
                        "resilience.test.retry.backoff.max-delay: PT-0.002S must not be negative. Use 0 or a duration such as 500ms",
                        "resilience.test.retry.backoff.multiplier: 0.9 must be at least 1. 1.0 keeps the wait the same",
                        "resilience.test.retry.backoff.jitter: 1.1 must be from 0 to 1. 0.5 spreads a wait of 200ms over 100 to 300ms");
    }

    @Test
    void an_instance_knows_nothing_of_messages() {
        assertThat(problems(new RetrySettings(null, "storage", null, null, null, null)))
                .containsExactly(
                        "resilience.test.retry.instance: storage borrows a resilience4j retry, which knows nothing of messages. Remove it, and give max-attempts and backoff here");
    }

    @Test
    void a_retry_that_can_never_be() {
        assertThat(problems(new RetrySettings(
                        null,
                        null,
                        null,
                        null,
                        List.of(FileNotFoundException.class, AssertionError.class),
                        List.of(IOException.class))))
                .containsExactlyInAnyOrder(
                        "resilience.test.retry.retry-exceptions: java.io.FileNotFoundException is never tried again, because ignore-exceptions lists java.io.IOException. Remove one of the two",
                        "resilience.test.retry.retry-exceptions: java.lang.AssertionError is an Error, which is never tried again. Remove it from the list");
    }

    private List<String> problems(RetrySettings settings) {
        Findings findings = new Findings();
        new RetryRules(new PropertyOrigins(environment), findings).check("resilience.test.retry", settings);
        return findings.errors().stream().map(Object::toString).toList();
    }
}
