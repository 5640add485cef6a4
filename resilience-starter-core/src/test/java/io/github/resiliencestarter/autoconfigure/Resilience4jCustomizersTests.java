package io.github.resiliencestarter.autoconfigure;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class Resilience4jCustomizersTests {

    @Configuration(proxyBeanMethods = false)
    static class Customized {
        @Bean
        CircuitBreakerConfigCustomizer breaker() {
            return CircuitBreakerConfigCustomizer.of("remote", config -> config.slidingWindowSize(77));
        }

        @Bean
        TimeLimiterConfigCustomizer time() {
            return TimeLimiterConfigCustomizer.of("remote", config -> config.timeoutDuration(Duration.ofSeconds(7)));
        }
    }

    private final ApplicationContextRunner host = host().withUserConfiguration(Customized.class)
            .withPropertyValues(
                    "resilience4j.circuitbreaker.instances.remote.sliding-window-size=20",
                    "resilience4j.timelimiter.instances.remote.timeout-duration=1s",
                    "resilience4j.timelimiter.instances.other.timeout-duration=1s");

    @Test
    void what_a_customizer_of_circuit_breakers_says_holds() {
        host.run(context -> {
            var pipeline = context.getBean(Pipelines.class).get("remote");
            assertThat(Objects.requireNonNull(pipeline.circuitBreaker())
                            .getCircuitBreakerConfig()
                            .getSlidingWindowSize())
                    .isEqualTo(77);
        });
    }

    @Test
    void what_a_customizer_of_time_limiters_says_is_the_time_of_an_attempt_of_that_call_alone() {
        host.run(context -> {
            Pipelines pipelines = context.getBean(Pipelines.class);
            CallPlan plan = pipelines.get("remote").plan();
            assertThat(plan.values().get("timeout.per-attempt").value()).isEqualTo(Duration.ofSeconds(7));
            assertThat(plan.values().get("timeout.per-attempt").origin()).contains("TimeLimiterConfigCustomizer");
            assertThat(pipelines
                            .get("other")
                            .plan()
                            .values()
                            .get("timeout.per-attempt")
                            .value())
                    .isEqualTo(Duration.ofSeconds(1));
        });
        host.withPropertyValues("resilience.calls.remote.timeout.per-attempt=2s")
                .run(context -> assertThat(context.getBean(Pipelines.class)
                                .get("remote")
                                .plan()
                                .values()
                                .get("timeout.per-attempt")
                                .value())
                        .isEqualTo(Duration.ofSeconds(7)));
    }
}
