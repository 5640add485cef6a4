package io.github.resiliencestarter.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import org.junit.jupiter.api.Test;

class DeadLetterNamesTests {

    @Test
    void topic_suffix_and_group_are_replaced() {
        assertThat(names("{topic}{suffix}").of("billing", "orders")).isEqualTo("orders-dlq");
        assertThat(names("error.{topic}.{group}").of("billing", "orders")).isEqualTo("error.orders.billing");
    }

    @Test
    void a_topic_is_not_its_own_dead_letter_topic() {
        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> new DeadLetterNames("{topic}{suffix}", "").of("billing", "orders"))
                .withMessageContaining("resilience.kafka.consumer.dead-letter.topic: {topic}{suffix} with suffix ''")
                .withMessageContaining("'orders' its own dead letter topic")
                .withMessageContaining("Add a suffix");
    }

    @Test
    void what_is_no_name_of_a_topic_is_refused() {
        for (String pattern : new String[] {"", "{topik}-dlq", "{topic} dlq", ".", "..", "{topic}" + "x".repeat(249)}) {
            assertThatExceptionOfType(ResilienceConfigurationException.class)
                    .isThrownBy(() -> names(pattern).of("billing", "orders"))
                    .withMessageContaining("no name of a topic");
        }
    }

    @Test
    void the_source_of_a_dead_letter_that_does_not_tell_is_the_name_without_the_suffix() {
        assertThat(names("any").sourceOf("orders-dlq")).isEqualTo("orders");
        assertThat(names("any").sourceOf("orders")).isEqualTo("orders");
        assertThat(names("any").sourceOf("-dlq")).isEqualTo("-dlq");
    }

    @Test
    void letters_that_nobody_parks_are_told() {
        assertThat(names("{topic}{suffix}").notParkedBy("*-dlq")).isNull();
        assertThat(names("error.{topic}").notParkedBy("*-dlq"))
                .asString()
                .contains("resilience.kafka.parking.topics: *-dlq does not match 'error.orders'")
                .contains("resilience.kafka.parking.enabled");
    }

    private static DeadLetterNames names(String pattern) {
        return new DeadLetterNames(pattern, "-dlq");
    }
}
