package io.github.resiliencestarter.operations;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.SampleLetters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class ResilienceHealthTests {

    private final ApplicationContextRunner host = host().withBean(Remote.class);

    @Test
    void closed_circuits_are_up_without_details() {
        host.run(context -> assertThat(health(context)).isEqualTo(Health.up().build()));
    }

    @Test
    void an_open_circuit_is_a_detail_and_still_up() {
        host.run(context -> {
            breaker(context, "plain").transitionToOpenState();
            breaker(context, "guarded").transitionToForcedOpenState();
            assertThat(health(context))
                    .isEqualTo(Health.up()
                            .withDetail("open", List.of("guarded", "plain"))
                            .build());
        });
    }

    @Test
    void a_half_open_circuit_is_a_detail_and_up_whatever_open_means() {
        host.withPropertyValues("resilience.health.open-circuit-status=DOWN").run(context -> {
            breaker(context, "plain").transitionToOpenState();
            breaker(context, "plain").transitionToHalfOpenState();
            assertThat(health(context))
                    .isEqualTo(
                            Health.up().withDetail("halfOpen", List.of("plain")).build());
        });
    }

    @Test
    void a_paused_listener_is_a_detail_and_still_up() {
        host.run(context -> {
            MessageObserver observer = context.getBean(MessageObserver.class);
            observer.paused(SampleLetters.pause(Pause.Reason.OPEN_CIRCUIT));
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails().get("paused").toString())
                    .contains("listener=orderListener", "source=orders", "reason=OPEN_CIRCUIT", "detail=gateway");

            observer.resumed(SampleLetters.pause(Pause.Reason.OPEN_CIRCUIT));
            assertThat(health(context)).isEqualTo(Health.up().build());
        });
    }

    @Test
    void a_letter_that_nobody_takes_degrades_and_never_restarts_the_application() {
        host.run(context -> {
            context.getBean(MessageObserver.class).paused(SampleLetters.pause(Pause.Reason.UNDELIVERABLE));
            assertThat(health(context).getStatus().getCode()).isEqualTo("DEGRADED");
        });
    }

    @ParameterizedTest
    @CsvSource({"DOWN, DOWN", "out-of-service, OUT_OF_SERVICE", "degraded, DEGRADED", "Up, UP"})
    void the_status_of_an_open_circuit_is_the_hosts_choice(String text, String code) {
        host.withPropertyValues("resilience.health.open-circuit-status=" + text).run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            breaker(context, "plain").transitionToOpenState();
            assertThat(health(context).getStatus().getCode()).isEqualTo(code);
        });
    }

    @Test
    void a_status_that_the_host_lists_is_taken_as_it_is_written_there() {
        host.withPropertyValues(
                        "resilience.health.open-circuit-status=limping",
                        "management.endpoint.health.status.order=down,Limping,up")
                .run(context -> {
                    breaker(context, "plain").transitionToOpenState();
                    assertThat(health(context).getStatus().getCode()).isEqualTo("Limping");
                });
    }

    @Test
    void an_unusable_status_stops_the_start_and_names_property_and_remedy() {
        host.withPropertyValues("resilience.health.open-circuit-status=DWON")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ResilienceConfigurationException.class)
                        .hasMessageContaining("resilience.health.open-circuit-status")
                        .hasMessageContaining("'DWON' is no status of the health endpoint. Use one of UP, DEGRADED,"
                                + " OUT_OF_SERVICE, DOWN, UNKNOWN, or list your own status in"
                                + " management.endpoint.health.status.order"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.health.resilience.enabled=false",
                "management.health.defaults.enabled=false",
                "resilience.enabled=false"
            })
    void it_can_be_switched_off(String property) {
        host.withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("resilienceHealthIndicator"));
    }

    @Test
    void it_stays_on_where_only_all_others_are_switched_off() {
        host.withPropertyValues("management.health.defaults.enabled=false", "management.health.resilience.enabled=true")
                .run(context -> assertThat(context).hasBean("resilienceHealthIndicator"));
    }

    @Test
    void it_is_the_component_resilience_of_the_health_endpoint() {
        try (WebHost web = new WebHost("management.endpoint.health.show-details=always")) {
            web.bean(CircuitBreakerRegistry.class).circuitBreaker("guarded").transitionToOpenState();
            var component = web.get("health").body().at("/components/resilience");
            assertThat(component.get("status").asText()).isEqualTo("UP");
            assertThat(component.at("/details/open/0").asText()).isEqualTo("guarded");
        }
    }

    private static Health health(ApplicationContext context) {
        return context.getBean("resilienceHealthIndicator", HealthIndicator.class)
                .health();
    }

    private static CircuitBreaker breaker(ApplicationContext context, String call) {
        return context.getBean(CircuitBreakerRegistry.class).circuitBreaker(call);
    }
}
