package io.github.resiliencestarter.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTopicNamesTests {

    private static final String DEFAULT = "{topic}-{group}-retry-{delay}";

    @Test
    void groups_and_delays_have_topics_of_their_own() {
        RetryTopicNames names = new RetryTopicNames(DEFAULT);
        assertThat(names.of("shop", "orders", Duration.ofSeconds(10))).isEqualTo("orders-shop-retry-10s");
        assertThat(names.of("stock", "orders", Duration.ofMinutes(1))).isEqualTo("orders-stock-retry-1m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{topic}-retry-{delay}", "{group}-retry-{delay}", "{topic}-{group}-retry"})
    void a_pattern_that_mixes_things_up_is_refused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryTopicNames(pattern))
                .withMessageContaining("resilience.kafka.consumer.delayed-topic: " + pattern)
                .withMessageContaining("Add it, as in " + DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a group", "shop/eu"})
    void a_group_that_cannot_be_a_part_of_a_name_is_told(String group) {
        RetryTopicNames names = new RetryTopicNames(DEFAULT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> names.of(group, "orders", Duration.ofSeconds(1)))
                .withMessageContaining("resilience.kafka.consumer.delayed-topic: " + DEFAULT)
                .withMessageContaining("'orders-" + group + "-retry-1s'")
                .withMessageContaining("249 characters");
    }

    @Test
    void a_name_that_is_too_long_is_told() {
        RetryTopicNames names = new RetryTopicNames(DEFAULT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> names.of("g".repeat(125), "t".repeat(125), Duration.ofSeconds(1)))
                .withMessageContaining("249 characters");
    }
}
