package io.github.resiliencestarter.samples.payment.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadSettingsTests {

    @Test
    void without_options_a_hundred_customers_arrive_within_two_seconds() {
        LoadSettings settings = LoadSettings.from("--load");

        assertThat(settings.orders()).isEqualTo(100);
        assertThat(settings.arriveWithin()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void every_setting_is_an_option() {
        assertThat(LoadSettings.from(
                        "--load", "--orders=5", "--arrive-within=0s", "--patience=1s", "--limit=10s", "--seed=1"))
                .isEqualTo(new LoadSettings(5, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10), 1));
    }

    @Test
    void the_number_of_orders_is_bounded() {
        assertThatThrownBy(() -> LoadSettings.from("--orders=1000000"))
                .hasRootCauseMessage("--orders=1000000: must be between 1 and 1000");
    }
}
