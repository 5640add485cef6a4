package io.github.resiliencestarter.kafka.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class CircuitRulesTests {

    private static final String PREFIX = "resilience.kafka.consumer.circuit.";

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void what_is_not_configured_is_right() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void a_probe_all_the_time_is_none() {
        environment.setProperty(PREFIX + "probe-interval", "0s");

        assertThat(problems()).singleElement().asString().contains("probe-interval", "must be longer than 0. Use");
    }

    @Test
    void a_message_cannot_be_excused_fewer_than_no_times() {
        environment.setProperty(PREFIX + "probe-attempts", "-1");

        assertThat(problems()).singleElement().asString().contains("probe-attempts", "-1 must not be negative. Use 0");
    }

    private List<?> problems() {
        KafkaResilienceProperties properties =
                Binder.get(environment).bindOrCreate("resilience.kafka", KafkaResilienceProperties.class);
        Findings findings = new Findings();
        new ConsumerRules(new PropertyOrigins(environment), findings).check(properties.consumer());
        return findings.errors();
    }
}
