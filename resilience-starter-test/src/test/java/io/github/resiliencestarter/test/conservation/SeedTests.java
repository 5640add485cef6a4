package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SeedTests {

    private static final String VARIABLE = "RESILIENCE_TEST_SEED";

    private static long chosen(Map<String, String> properties, Map<String, String> variables) {
        return Seed.chosen(properties::get, variables::get);
    }

    @Test
    void the_environment_chooses_it_and_the_property_wins() {
        assertThat(chosen(Map.of(), Map.of(VARIABLE, "20"))).isEqualTo(20);
        assertThat(chosen(Map.of(Conservation.SEED, "7"), Map.of(VARIABLE, "20")))
                .isEqualTo(7);
        assertThat(chosen(Map.of(Conservation.SEED, ""), Map.of(VARIABLE, "20")))
                .isEqualTo(20);
    }

    @Test
    void one_that_is_no_number_is_refused_and_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chosen(Map.of(Conservation.SEED, "twenty"), Map.of()))
                .withMessageContaining("-Dresilience.test.seed=twenty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chosen(Map.of(), Map.of(VARIABLE, "twenty")))
                .withMessageContaining("RESILIENCE_TEST_SEED=twenty");
    }
}
