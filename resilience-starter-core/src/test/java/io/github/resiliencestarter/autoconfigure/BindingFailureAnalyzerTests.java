package io.github.resiliencestarter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BindingFailureAnalyzerTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled                                          | maybe       | Use true or false.
            calls.payCard.timeout.per-attempt                    | soon        | Use a duration such as 500ms, 2s or 1m.
            calls.payCard.retry.max-attempts                     | many        | Use a whole number such as 3.
            calls.payCard.retry.backoff.jitter                   | some        | Use a number such as 0.5.
            calls.payCard.fallback.wrap-with                     | a.b.Nope    | There is no class a.b.Nope on the class path
            calls.payCard.circuit-breaker.sliding-window-type    | COUNTED     | Use one of TIME_BASED, COUNT_BASED.
            calls.payCard.retry                                  | 3           | This is a section, not a value; its keys are
            workers.max-threads                              | all         | Use a whole number such as 3.
            """)
    void a_value_of_the_wrong_type_is_reported_with_its_property_its_origin_and_a_remedy(
            String key, String value, String remedy, CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(Object.class, "resilience." + key + "=" + value));
        assertThat(output)
                .contains("The property 'resilience." + key + "' cannot be used:")
                .contains("Value:  " + value)
                .contains("Origin: \"resilience." + key + "\" from property source \"commandLineArgs\"")
                .contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls", "calls.payCard", "calls.payCard.retry", "defaults"})
    void an_empty_section_is_told_from_a_value_in_its_place(String section, CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(Object.class, "resilience." + section + "="));
        assertThat(output)
                .contains("The property 'resilience." + section + "' cannot be used:")
                .contains("Nothing stands under it: write a key there, or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5"})
    void no_worker_at_all_is_reported_with_property_value_and_remedy(String threads, CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(Object.class, "resilience.workers.max-threads=" + threads));
        assertThat(output)
                .contains("1. resilience.workers.max-threads")
                .contains(threads + " must be at least 1")
                .contains("1. Raise it");
    }

    @Test
    void of_a_list_the_one_element_is_named(CapturedOutput output) {
        assertThatThrownBy(() ->
                RealHost.start(Object.class, "resilience.defaults.business-exceptions=java.io.IOException,a.b.Nope"));
        assertThat(output).contains("Value:  a.b.Nope").contains("There is no class a.b.Nope on the class path");
    }

    @Test
    void the_properties_of_others_are_left_to_spring_boot(CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(Other.class, "other.pause=soon"));
        assertThat(output)
                .contains("Failed to bind properties under 'other.pause' to java.time.Duration")
                .doesNotContain("Use a duration such as");
    }

    @EnableConfigurationProperties(Other.Settings.class)
    static class Other {
        @ConfigurationProperties("other")
        record Settings(Duration pause) {}
    }
}
