package io.github.resiliencestarter.call.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class SectionKeysTests {

    /** Stands for the properties of a broker's module. */
    record Broker(@Nullable Consumer consumer) {
        record Consumer(
                @Nullable RetrySettings retry, @Nullable Map<String, Topic> topics) {}

        record Topic(
                @Nullable RetrySettings retry,
                @Nullable List<Duration> delayed,
                @Nullable Map<String, String> labels) {}
    }

    @ParameterizedTest
    @CsvSource({
        "retry.max-attemps, retry.max-attempts",
        "retry.retry-exception[0], retry.retry-exceptions",
        "topics.orders.rety.max-attempts, topics.orders.retry.max-attempts",
        "topics[orders.v1].delayd, topics[orders.v1].delayed",
    })
    void a_misspelled_key_is_an_error_with_the_one_that_was_meant(String written, String meant) {
        assertThat(problems("resilience.kafka.consumer." + written))
                .singleElement()
                .extracting(Problem::remedy)
                .isEqualTo("Did you mean 'resilience.kafka.consumer." + meant + "'?");
    }

    @Test
    void a_name_with_a_dot_and_without_brackets_is_told_how_to_write_it() {
        assertThat(problems("resilience.kafka.consumer.topics.orders.v1.retry.max-attempts"))
                .singleElement()
                .extracting(Problem::remedy)
                .isEqualTo("If the name is 'orders.v1', write \"[orders.v1]\", with brackets and quotes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consumer",
                "consumer.topics.retri.retry.maxAttempts",
                "consumer.topics[orders.v1].delayed[0]",
                "consumer.topics[7].delayed",
                "consumer.topics.orders.labels.any.thing",
                "consumer.topics.orders.retry.backoff.max-delay",
                "acme.team.lead"
            })
    void keys_that_there_are_names_that_the_user_gives_and_keys_of_others_are_no_mistake(String key) {
        assertThat(problems("resilience.kafka." + key)).isEmpty();
    }

    @Test
    void other_sections_are_left_alone() {
        assertThat(problems("resilience.rabbit.listenr.enabled")).isEmpty();
    }

    private static List<Problem> problems(String property) {
        SectionKeys keys = new SectionKeys();
        keys.add("resilience.kafka", Broker.class);
        keys.addForeign("resilience.kafka.acme");
        Findings findings = new Findings();
        keys.check(new PropertyOrigins(new MockEnvironment().withProperty(property, "1")), findings);
        return findings.errors();
    }
}
