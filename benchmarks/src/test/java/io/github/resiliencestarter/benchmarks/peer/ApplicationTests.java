package io.github.resiliencestarter.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationTests {

    @Test
    void theBareApplicationMetersNothing() {
        Application application = Application.bare();
        try (Subject subject = application.annotated()) {
            assertThat(application.beans(MeterRegistry.class)).isEmpty();
        }
    }

    @Test
    void theHostMetersTheBreakersOfAllPeers() throws Exception {
        Application application = Application.host();
        try (Subject subject = application.annotated()) {
            application.byHand();
            application.ours().protection().call(Request.thatSucceeds());

            assertThat(application.bean(MeterRegistry.class)).isInstanceOf(PrometheusMeterRegistry.class);
            assertThat(application
                            .bean(MeterRegistry.class)
                            .get("resilience4j.circuitbreaker.calls")
                            .tag("kind", "successful")
                            .timers())
                    .extracting(timer -> timer.getId().getTag("name"))
                    .contains("annotated", "byHand", "ours");
        }
    }

    @Test
    void allBreakersHaveTheSameWindow() throws Exception {
        Application application = Application.bare();
        try (Subject subject = application.annotated()) {
            application.byHand();
            application.ours().protection().call(Request.thatSucceeds());
            CircuitBreakerRegistry breakers = application.bean(CircuitBreakerRegistry.class);

            assertThat(List.of("annotated", "byHand", "ours"))
                    .map(name -> breakers.find(name)
                            .map(CircuitBreaker::getCircuitBreakerConfig)
                            .orElseThrow())
                    .extracting(
                            CircuitBreakerConfig::getSlidingWindowType,
                            CircuitBreakerConfig::getSlidingWindowSize,
                            CircuitBreakerConfig::getSlidingWindowSynchronizationStrategy,
                            CircuitBreakerConfig::getMinimumNumberOfCalls,
                            CircuitBreakerConfig::getFailureRateThreshold)
                    .containsOnly(org.assertj.core.groups.Tuple.tuple(
                            Settings.breaker().getSlidingWindowType(),
                            Settings.breaker().getSlidingWindowSize(),
                            Settings.breaker().getSlidingWindowSynchronizationStrategy(),
                            Settings.breaker().getMinimumNumberOfCalls(),
                            Settings.breaker().getFailureRateThreshold()));
        }
    }
}
