package io.github.resiliencestarter.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.SectionKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class RabbitKeysTests {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void keys_that_there_are_and_names_of_queues_are_no_mistake() {
        for (String key : List.of(
                "listener.enabled",
                "listener.retry.backoff.max-delay",
                "listener.retry.retry-exceptions[0]",
                "listener.delayed[1]",
                "listener.dead-letter.sendTimeout",
                "listener.queues[orders.v1].retry.max-attempts",
                "listener.queues.orders.delayed",
                "parking.enabled",
                "parking.queues[0]",
                "publisher.confirm")) {
            environment.setProperty("resilience.rabbit." + key, "1");
        }

        assertThat(problems()).isEmpty();
    }

    @Test
    void a_misspelled_key_is_told_which_was_meant() {
        environment.setProperty("resilience.rabbit.listener.queues[orders.v1].retry.max-attemps", "2");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("Did you mean 'resilience.rabbit.listener.queues[orders.v1].retry.max-attempts'?");
    }

    private List<?> problems() {
        SectionKeys keys = new SectionKeys();
        keys.add("resilience.rabbit", RabbitResilienceProperties.class);
        Findings findings = new Findings();
        keys.check(new PropertyOrigins(environment), findings);
        return findings.errors();
    }
}
