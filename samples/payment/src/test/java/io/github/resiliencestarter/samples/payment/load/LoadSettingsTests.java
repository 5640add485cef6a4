package io.github.resiliencestarter.samples.payment.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadSettingsTests {

    @Test
    void withoutOptionsHundredCustomersArriveWithinTwoSeconds() {
        LoadSettings settings = LoadSettings.from("--load");

        assertThat(settings.orders()).isEqualTo(100);
        assertThat(settings.arriveWithin()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void everySettingIsAnOption() {
        assertThat(LoadSettings.from(
                        "--load", "--orders=5", "--arrive-within=0s", "--patience=1s", "--limit=10s", "--seed=1"))
                .isEqualTo(new LoadSettings(5, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10), 1));
    }

    @Test
    void theNumberOfOrdersIsBounded() {
        assertThatThrownBy(() -> LoadSettings.from("--orders=1000000"))
                .hasRootCauseMessage("--orders=1000000: must be between 1 and 1000");
    }
}
