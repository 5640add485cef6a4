package io.github.resiliencestarter.rabbit.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class ListenerRulesTests {

    private static final String PREFIX = "resilience.rabbit.listener.";

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void what_is_not_configured_is_right() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void a_wait_in_memory_is_shorter_than_the_patience_of_the_broker() {
        environment.setProperty(PREFIX + "retry.max-attempts", "8");
        environment.setProperty(PREFIX + "retry.backoff.delay", "1m");
        environment.setProperty(PREFIX + "retry.backoff.max-delay", "20m");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("retry.backoff", "up to 20m with the message in memory", "Use a max-delay of 10m at most");
    }

    @Test
    void so_are_all_waits_of_a_message_together() {
        environment.setProperty(PREFIX + "retry.max-attempts", "5");
        environment.setProperty(PREFIX + "retry.backoff.delay", "9m");
        environment.setProperty(PREFIX + "retry.backoff.max-delay", "10m");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("listener.retry", "more than 25m in all 5 attempts", "Use fewer attempts or shorter waits");
    }

    @Test
    void many_short_waits_are_allowed() {
        environment.setProperty(PREFIX + "retry.max-attempts", "200");

        assertThat(problems()).isEmpty();
    }

    @Test
    void attempts_without_end_are_not() {
        environment.setProperty(PREFIX + "retry.max-attempts", "2147483647");

        assertThat(problems()).singleElement().asString().contains("more than 25m");
    }

    @Test
    void so_is_that_of_a_queue_with_what_it_inherits() {
        environment.setProperty(PREFIX + "retry.backoff.delay", "1m");
        environment.setProperty(PREFIX + "retry.backoff.max-delay", "20m");
        environment.setProperty(PREFIX + "queues[orders.v1].retry.max-attempts", "8");

        assertThat(problems()).singleElement().asString().contains("queues[orders.v1].retry.backoff");
    }

    @Test
    void a_delay_queue_is_named_after_its_queue_and_its_delay() {
        environment.setProperty(PREFIX + "delayed-queue", "later");

        assertThat(problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.toString()).contains("later does not contain {"));
    }

    @Test
    void a_probe_all_the_time_is_none() {
        environment.setProperty(PREFIX + "circuit.probe-interval", "0s");

        assertThat(problems()).singleElement().asString().contains("probe-interval", "must be longer than 0. Use");
    }

    @Test
    void a_message_cannot_be_excused_fewer_than_no_times() {
        environment.setProperty(PREFIX + "circuit.probe-attempts", "-1");

        assertThat(problems()).singleElement().asString().contains("probe-attempts", "-1 must not be negative. Use 0");
    }

    private List<?> problems() {
        RabbitResilienceProperties properties =
                Binder.get(environment).bindOrCreate("resilience.rabbit", RabbitResilienceProperties.class);
        Findings findings = new Findings();
        new ListenerRules(new PropertyOrigins(environment), findings).check(properties.listener());
        return findings.errors();
    }
}
