package io.github.resiliencestarter.samples.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.samples.payment.gateway.Fate.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FatesTests {

    @Test
    void the_nth_request_for_a_payment_meets_the_same_fate_in_whatever_order_payments_arrive() {
        Fates first = new Fates(7);
        Fates second = new Fates(7);

        List<Fate> ofA = List.of(first.next("a", GatewayMode.FLAKY), first.next("a", GatewayMode.FLAKY));
        second.next("b", GatewayMode.FLAKY);

        assertThat(ofA).containsExactly(second.next("a", GatewayMode.FLAKY), second.next("a", GatewayMode.FLAKY));
    }

    @Test
    void a_flaky_gateway_accepts_six_requests_in_ten() {
        Fates fates = new Fates(7);

        long accepted = IntStream.range(0, 10_000)
                .mapToObj(i -> fates.next("payment-" + i, GatewayMode.FLAKY))
                .filter(fate -> fate.outcome() == Outcome.ACCEPTED)
                .count();

        assertThat(accepted).isBetween(5_800L, 6_200L);
    }

    @Test
    void an_answer_takes_between_100_and_500_milliseconds() {
        Fates fates = new Fates(7);

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> fates.next("payment-" + i, GatewayMode.HEALTHY)))
                .allSatisfy(fate -> assertThat(fate.delay()).isBetween(Duration.ofMillis(100), Duration.ofMillis(500)));
    }
}
