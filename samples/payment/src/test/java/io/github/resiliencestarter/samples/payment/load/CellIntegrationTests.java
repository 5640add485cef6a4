package io.github.resiliencestarter.samples.payment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.samples.payment.gateway.GatewayMode;
import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellIntegrationTests {

    private final LoadSettings settings = LoadSettings.from("--orders=20", "--arrive-within=500ms", "--patience=2s");

    @Test
    void unprotected_orders_reach_the_gateway_once_and_fail_as_often_as_it() {
        Round round =
                new Cell(GatewayMode.FLAKY, Act.UNPROTECTED, settings).measure().get(0);

        assertThat(round.gatewayCalls()).isEqualTo(20);
        assertThat(round.percent(Kind.CONFIRMED)).isBetween(40.0, 80.0);
    }

    @Test
    void a_breaker_that_has_opened_keeps_the_next_orders_from_the_gateway() {
        List<Round> rounds = new Cell(GatewayMode.DOWN, Act.FULL, settings).measure();

        assertThat(rounds)
                .hasSize(2)
                .allSatisfy(round -> assertThat(round.percent(Kind.REFUSED)).isEqualTo(100.0));
        assertThat(rounds.get(1).p99()).isLessThan(rounds.get(0).p99());
    }
}
