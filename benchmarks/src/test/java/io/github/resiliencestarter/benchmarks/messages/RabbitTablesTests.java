package io.github.resiliencestarter.benchmarks.messages;

import static io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType.CLASSIC;
import static io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType.QUORUM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RabbitTablesTests {

    private static final Load CLEAN = Load.of(50_000, 0);
    private static final Load FAILING = Load.of(50_000, 1);

    private final List<RabbitMeasured> measured = List.of(
            run(RabbitPeer.PLAIN, new RabbitLoad(CLASSIC, CLEAN, 0), 1_000),
            run(RabbitPeer.PLAIN, new RabbitLoad(CLASSIC, CLEAN, 0), 4_000),
            run(RabbitPeer.PLAIN, new RabbitLoad(CLASSIC, CLEAN, 0), 2_000),
            run(RabbitPeer.BY_HAND, new RabbitLoad(CLASSIC, FAILING, 0), 2_250),
            run(RabbitPeer.STOCK_CONFIRMS, new RabbitLoad(CLASSIC, FAILING, 0), 5_000),
            run(RabbitPeer.STOCK_CONFIRMS, new RabbitLoad(CLASSIC, FAILING, 100).withMostPoison(25), 5_000),
            run(RabbitPeer.OURS, new RabbitLoad(CLASSIC, CLEAN, 0), 2_000),
            run(RabbitPeer.OURS, new RabbitLoad(CLASSIC, FAILING, 0), 2_500),
            run(RabbitPeer.OURS, new RabbitLoad(CLASSIC, FAILING, 100), 2_500));

    @Test
    void a_rate_is_the_median_of_the_rounds_and_says_of_how_many_messages() {
        assertThat(new RabbitTables(measured).toString())
                .contains("| stock container, no error handling |"
                        + " 25,000 (12,500 to 50,000) [50,000 messages] | - | - |")
                .contains("| 500 (500 to 500) [2,500 messages] |");
    }

    @Test
    void columns_stand_in_order_however_they_were_measured() {
        List<RabbitMeasured> otherWayRound = new ArrayList<>(measured);
        Collections.reverse(otherWayRound);

        assertThat(new RabbitTables(otherWayRound).toString())
                .contains("| 0 % poison | 1 % poison, back-off 0 ms | 1 % poison, back-off 100 ms |");
    }

    @Test
    void what_is_promised_is_compared_with_what_was_measured() {
        assertThat(new RabbitTables(measured).toString())
                .contains("| classic: ours / stock without error handling, no poison | >= 0.95 | 1 yes |")
                .contains("| classic: ours, 1 % poison / ours, none | >= 0.85 | 0.8 **NO** |")
                .contains("| classic: ours / stock with confirms, 1 % poison | >= 1.5 | 2 yes |")
                .contains("| as much would be reached by hand, with the same confirms and nothing else |  | 2.22 |")
                .contains("| as much would be reached by somebody who pays nothing for a failure |  | 2.5 |")
                .contains("| classic: ours / stock with confirms, 1 % poison, back-off 100 ms | >= 20 | 40 yes |")
                .contains("| quorum: ours / stock with confirms, 1 % poison | >= 2 | - |");
    }

    @Test
    void a_letter_too_many_is_told_though_the_rate_stands() {
        RabbitMeasured twice = new RabbitMeasured(
                RabbitPeer.OURS, new RabbitLoad(QUORUM, FAILING, 0), 49_500, 1_500, 0, 501, 0, 1, 0, 9, 2_000, 1);

        assertThat(new RabbitTables(List.of(twice)).toString())
                .contains("| ours | 500 | 501 | 0 | 1 | 0 | 0 |")
                .contains("in the dead letter queue once, and nothing else | all | 0 **NO** |");
    }

    @Test
    void who_is_stuck_has_no_rate() {
        RabbitMeasured stuck = new RabbitMeasured(
                RabbitPeer.STOCK_REJECT, new RabbitLoad(QUORUM, FAILING, 0), 40, 6, 0, 2, 498, 0, 49_000, 1, 900, 900);

        assertThat(new RabbitTables(List.of(stuck)).toString())
                .contains("**stuck** after 40 of 49,500 good messages, 49,000 left, 498 dead letters missing");
        assertThat(RabbitMeasured.parse(stuck.line())).contains(stuck);
    }

    private static RabbitMeasured run(RabbitPeer peer, RabbitLoad load, long millis) {
        Load messages = load.messages();
        return new RabbitMeasured(
                peer,
                load,
                messages.measuredGood(),
                messages.poison() * 3,
                0,
                messages.poison(),
                0,
                0,
                0,
                1,
                millis,
                millis * 1_000_000);
    }
}
