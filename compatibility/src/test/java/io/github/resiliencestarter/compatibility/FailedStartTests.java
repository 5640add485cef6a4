package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

    @Test
    void a_missing_fallback_stops_the_start_and_names_the_signature(CapturedOutput output) {
        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> HostApplication.run(host(WithoutItsFallback.class)));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The resilience configuration cannot be used:")
                .contains("nowhere");
    }

    @Test
    void a_value_of_the_wrong_type_is_reported_with_a_remedy(CapturedOutput output) {
        assertThatThrownBy(() ->
                HostApplication.run(host(HostApplication.class), "resilience.calls.flaky.timeout.per-attempt=soon"));
        assertThat(output)
                .contains("The property 'resilience.calls.flaky.timeout.per-attempt' cannot be used:")
                .contains("Value:  soon")
                .contains("Use a duration such as 500ms, 2s or 1m.");
    }

    private static SpringApplication host(Class<?> source) {
        return HostApplication.withoutWeb(source);
    }

    @Import(HostApplication.class)
    static class WithoutItsFallback {

        @ResilientCall(name = "flaky", fallback = "nowhere")
        public String call() {
            return "ok";
        }
    }
}
