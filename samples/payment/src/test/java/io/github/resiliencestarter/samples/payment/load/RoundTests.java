package io.github.resiliencestarter.samples.payment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.samples.payment.gateway.GatewayMode;
import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTests {

    private final Round round = new Round(
            IntStream.rangeClosed(1, 100)
                    .mapToObj(i -> new OrderResult(i <= 60 ? Kind.CONFIRMED : Kind.REFUSED, Duration.ofMillis(i)))
                    .toList(),
            Duration.ofMillis(2_340),
            156,
            List.of(Duration.ofMillis(99), Duration.ofMillis(100), Duration.ofMillis(3), ProductProbe.PATIENCE));

    @Test
    void the_p99_of_a_hundred_orders_is_the_second_slowest() {
        assertThat(round.p99()).isEqualTo(Duration.ofMillis(99));
        assertThat(round.mean()).isEqualTo(Duration.ofMillis(50).plusNanos(500_000));
    }

    @Test
    void products_are_prompt_under_100_milliseconds() {
        assertThat(round.percentOfPromptProducts()).isEqualTo(50.0);
    }

    @Test
    void the_report_says_what_was_measured() {
        LoadReport report = new LoadReport();
        report.add(new Cell(GatewayMode.FLAKY, Act.RETRY, LoadSettings.from()), List.of(round));

        assertThat(report.markdown().lines().skip(2))
                .singleElement()
                .asString()
                .containsSubsequence(
                        "60 % work", "first 100", "+ retry", "60 %", "0 %", "50 ms", "99 ms", "2.3 s", "156", "50 %")
                .endsWith("| no answer         |");
    }
}
