package io.github.resiliencestarter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.SectionKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class KafkaKeysTests {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void keys_that_there_are_and_names_of_topics_are_no_mistake() {
        for (String key : List.of(
                "consumer.enabled",
                "consumer.retry.backoff.max-delay",
                "consumer.retry.retry-exceptions[0]",
                "consumer.delayed[1]",
                "consumer.dead-letter.sendTimeout",
                "consumer.topics[orders.v1].retry.max-attempts",
                "consumer.topics.orders.delayed",
                "parking.enabled",
                "parking.topics")) {
            environment.setProperty("resilience.kafka." + key, "1");
        }

        assertThat(problems()).isEmpty();
    }

    @Test
    void a_misspelled_key_is_told_which_was_meant() {
        environment.setProperty("resilience.kafka.consumer.topics[orders.v1].retry.max-attemps", "2");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("Did you mean 'resilience.kafka.consumer.topics[orders.v1].retry.max-attempts'?");
    }

    private List<?> problems() {
        SectionKeys keys = new SectionKeys();
        keys.add("resilience.kafka", KafkaResilienceProperties.class);
        Findings findings = new Findings();
        keys.check(new PropertyOrigins(environment), findings);
        return findings.errors();
    }
}
