package io.github.resiliencestarter.samples.payment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.samples.payment.gateway.FreePort;
import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import org.junit.jupiter.api.Test;

/** Every order is charged, and three answers in ten are lost. */
class LostAnswersIntegrationTests {

    private final LoadSettings settings = LoadSettings.from("--orders=30", "--arrive-within=500ms", "--patience=8s");

    @Test
    void plain_retries_charge_orders_twice() throws InterruptedException {
        LostAnswers result = LostAnswers.with(Precaution.PLAIN_RETRIES, settings, FreePort.find());

        assertThat(result.chargedTwice()).isPositive();
        assertThat(result.totalCharges()).isEqualTo(result.requests()).isGreaterThan(30);
    }

    @Test
    void ours_without_a_key_sends_each_order_once_and_says_which_are_unknown() throws InterruptedException {
        LostAnswers result = LostAnswers.with(Precaution.NO_KEY, settings, FreePort.find());

        assertThat(result.charges()).hasSize(30).containsOnly(1);
        assertThat(result.requests()).isEqualTo(30);
        assertThat(result.told(Kind.UNKNOWN)).isBetween(3L, 24L);
        assertThat(result.told(Kind.CONFIRMED) + result.told(Kind.UNKNOWN)).isEqualTo(30);
        assertThat(result.refusedAndCharged()).isZero();
        assertThat(result.paid()).as("callbacks settle the unknown").isEqualTo(30);
    }

    @Test
    void ours_with_a_key_asks_again_and_charges_each_order_once() throws InterruptedException {
        LostAnswers result = LostAnswers.with(Precaution.KEY, settings, FreePort.find());

        assertThat(result.charges()).hasSize(30).containsOnly(1);
        assertThat(result.requests()).isGreaterThan(30);
        assertThat(result.told(Kind.CONFIRMED)).isGreaterThanOrEqualTo(24);
        assertThat(result.told(Kind.CONFIRMED) + result.told(Kind.UNKNOWN)).isEqualTo(30);
        assertThat(result.refusedAndCharged()).isZero();
    }
}
