package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

@HostTest
class ActuatorTests {

    private static final String FORCE_OPEN = "{\"circuit\": \"force-open\"}";

    @Autowired
    Remote remote;

    @Autowired
    Environment environment;

    @Test
    void health_has_a_component_that_is_up() {
        Actuator.Answer health = new Actuator(environment).get("health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.<String>read("$.components.resilience.status")).isEqualTo("UP");
    }

    @Test
    void the_endpoint_shows_every_call_with_its_circuit() {
        Actuator.Answer calls = new Actuator(environment).get("resilience");
        assertThat(calls.<String>read("$.calls.flaky.circuit")).isEqualTo("CLOSED");
        assertThat(new Actuator(environment).get("resilience/unknown").status()).isEqualTo(404);
    }

    @Test
    void a_circuit_cannot_be_switched_unless_the_host_allows_it() {
        assertThat(new Actuator(environment)
                        .post("resilience/switched", FORCE_OPEN)
                        .status())
                .isEqualTo(405);
    }

    @Test
    void a_host_that_allows_it_can_switch_a_circuit() {
        try (var context = HostApplication.start("management.endpoint.resilience.access=unrestricted")) {
            Actuator.Answer switched = new Actuator(context.getEnvironment()).post("resilience/switched", FORCE_OPEN);
            assertThat(switched.status()).isEqualTo(200);
            assertThat(switched.<String>read("$.to")).isEqualTo("FORCED_OPEN");
            assertThatExceptionOfType(CallNotPermittedException.class)
                    .isThrownBy(() -> context.getBean(Remote.class).switched(() -> "never"));
        }
    }

    @Test
    void calls_are_metered() throws Exception {
        remote.switched(() -> "ok");
        Actuator.Answer meter =
                new Actuator(environment).get("metrics/resilience.call?tag=call:switched&tag=outcome:success");
        List<Double> count = meter.read("$.measurements[?(@.statistic == 'COUNT')].value");
        assertThat(count).containsExactly(1.0);
    }
}
