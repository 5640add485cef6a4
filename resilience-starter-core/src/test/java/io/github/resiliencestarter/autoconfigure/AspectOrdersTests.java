package io.github.resiliencestarter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.spring6.bulkhead.configure.BulkheadAspect;
import io.github.resilience4j.spring6.circuitbreaker.configure.CircuitBreakerAspect;
import io.github.resilience4j.spring6.ratelimiter.configure.RateLimiterAspect;
import io.github.resilience4j.spring6.retry.configure.RetryAspect;
import io.github.resilience4j.spring6.timelimiter.configure.TimeLimiterAspect;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;

class AspectOrdersTests {

    private static final String RETRY_OUTSIDE = "resilience4j.retry.retryAspectOrder";
    private static final String FAST = "resilience4j.retry.instances.gateway.waitDuration=1ms";

    @Test
    void a_failing_call_of_three_attempts_is_one_failure_for_a_plain_circuit_breaker() {
        try (var context = RealHost.start(Gateway.class, FAST)) {
            assertThat(attemptsAndFailures(context)).isEqualTo("3 attempts, 1 failures");
        }
    }

    @Test
    void the_order_of_the_host_wins_in_the_spelling_of_resilience4j() {
        try (var context = RealHost.start(Gateway.class, FAST, RETRY_OUTSIDE + "=1")) {
            assertThat(attemptsAndFailures(context)).isEqualTo("3 attempts, 3 failures");
        }
    }

    @Test
    void the_order_of_the_host_wins_in_its_default_properties() {
        SpringApplication application = RealHost.application(Gateway.class);
        application.setDefaultProperties(Map.of(RETRY_OUTSIDE, 1));
        try (var context = RealHost.start(application, FAST)) {
            assertThat(attemptsAndFailures(context)).isEqualTo("3 attempts, 3 failures");
        }
    }

    @Test
    void the_order_of_the_host_wins_in_a_property_source_of_a_configuration_class() {
        try (var context = RealHost.start(RetryOutside.class, FAST)) {
            assertThat(attemptsAndFailures(context)).isEqualTo("3 attempts, 3 failures");
        }
    }

    @Test
    void a_disabled_starter_leaves_resilience4j_in_its_own_order() {
        try (var context = RealHost.start(Gateway.class, FAST, "resilience.enabled=false")) {
            assertThat(attemptsAndFailures(context)).isEqualTo("3 attempts, 3 failures");
        }
    }

    @Test
    void all_aspects_stand_in_the_order_of_the_pipeline_and_outside_transactions() {
        try (var context = RealHost.start(Gateway.class)) {
            assertThat(Stream.of(
                                    CircuitBreakerAspect.class,
                                    BulkheadAspect.class,
                                    RetryAspect.class,
                                    RateLimiterAspect.class,
                                    TimeLimiterAspect.class)
                            .map(aspect -> Ordered.LOWEST_PRECEDENCE
                                    - context.getBean(aspect).getOrder()))
                    .containsExactly(5, 4, 3, 2, 1);
        }
    }

    private static String attemptsAndFailures(ConfigurableApplicationContext context) {
        Gateway gateway = context.getBean(Gateway.class);
        assertThatIllegalStateException().isThrownBy(gateway::charge);
        return gateway.attempts() + " attempts, "
                + context.getBean(CircuitBreakerRegistry.class)
                        .circuitBreaker("gateway")
                        .getMetrics()
                        .getNumberOfFailedCalls()
                + " failures";
    }

    static class Gateway {
        private int attempts;

        @CircuitBreaker(name = "gateway")
        @Retry(name = "gateway")
        public void charge() {
            attempts++;
            throw new IllegalStateException("no answer");
        }

        public int attempts() {
            return attempts;
        }
    }

    @PropertySource("classpath:retry-outside.properties")
    static class RetryOutside extends Gateway {}
}
