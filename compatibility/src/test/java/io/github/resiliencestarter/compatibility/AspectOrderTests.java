package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class AspectOrderTests {

    @Test
    void resilience4js_own_annotations_record_one_failure_for_a_call_of_three_attempts() {
        try (var context = HostApplication.run(HostApplication.withoutWeb(HostApplication.class))) {
            assertThat(attemptsAndFailures(context)).isEqualTo("3 attempts, 1 failures");
        }
    }

    @Test
    void the_order_of_the_host_wins() {
        try (var context = HostApplication.run(
                HostApplication.withoutWeb(HostApplication.class), "resilience4j.retry.retryAspectOrder=1")) {
            assertThat(attemptsAndFailures(context)).isEqualTo("3 attempts, 3 failures");
        }
    }

    private static String attemptsAndFailures(ConfigurableApplicationContext context) {
        Remote remote = context.getBean(Remote.class);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> remote.plain(() -> {
                    throw new IOException("no answer");
                }));
        CircuitBreakerRegistry breakers = context.getBean(CircuitBreakerRegistry.class);
        return remote.attempts() + " attempts, "
                + breakers.circuitBreaker("plain").getMetrics().getNumberOfFailedCalls() + " failures";
    }
}
