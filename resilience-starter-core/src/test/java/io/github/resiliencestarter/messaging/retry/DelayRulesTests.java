package io.github.resiliencestarter.messaging.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.mock.env.MockEnvironment;

class DelayRulesTests {

    private static final String PROPERTY = "resilience.kafka.consumer.delayed";

    @Test
    void ascending_delays_are_fine() {
        assertThat(check("10s", "1m", "10m")).isEmpty();
        assertThat(check()).isEmpty();
    }

    @Test
    void a_delay_of_nothing_or_less_is_refused() {
        assertThat(check("0s")).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains(PROPERTY + "[0]", "0ms is no wait", "retry.max-attempts");
        });
        assertThat(check("10s", "-1s")).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains(PROPERTY + "[1]", "-1s is no wait");
        });
    }

    @Test
    void delays_that_do_not_ascend_are_refused() {
        assertThat(check("1m", "10s")).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains(PROPERTY + "[1]", "10s is not longer than 1m", "ascending order");
        });
        assertThat(check("1m", "60s")).hasSize(1);
    }

    private static List<Problem> check(String... delays) {
        MockEnvironment environment = new MockEnvironment();
        for (int i = 0; i < delays.length; i++) {
            environment.setProperty(PROPERTY + '[' + i + ']', delays[i]);
        }
        Findings findings = new Findings();
        List<Duration> durations =
                Arrays.stream(delays).map(DelayRulesTests::duration).toList();
        new DelayRules(new PropertyOrigins(environment), findings).check(PROPERTY, durations);
        return findings.errors();
    }

    private static Duration duration(String text) {
        return DurationStyle.detectAndParse(text);
    }
}
