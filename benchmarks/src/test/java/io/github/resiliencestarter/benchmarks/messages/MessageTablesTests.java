package io.github.resiliencestarter.benchmarks.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTablesTests {

    private final List<Measured> measured = List.of(
            run(MessagePeer.PLAIN, Load.of(200_000, 0), 1_000),
            run(MessagePeer.PLAIN, Load.of(200_000, 0), 4_000),
            run(MessagePeer.PLAIN, Load.of(200_000, 0), 2_000),
            run(MessagePeer.STOCK, Load.of(200_000, 1).shortened(100), 5_000),
            run(MessagePeer.OURS, Load.of(200_000, 0), 2_000),
            run(MessagePeer.OURS, Load.of(200_000, 1), 5_000));

    @Test
    void a_rate_is_the_median_of_the_rounds_with_the_slowest_and_the_fastest() {
        assertThat(new MessageTables(measured).toString())
                .contains("| stock container, no error handler | 100,000 (50,000 to 200,000) | - |")
                .contains("| stock DefaultErrorHandler | - | 2,000 (2,000 to 2,000) [first 10,000] |");
    }

    @Test
    void what_is_promised_is_compared_with_what_was_measured() {
        assertThat(new MessageTables(measured).toString())
                .contains("| ours / stock without error handler, no poison | >= 0.95 | 1 yes |")
                .contains("""
                        | ours, 1 % poison / ours, none | >= 0.5 | 0.4 **NO** |
                        | the same by processor time of the consumer thread |  | 0.4 |
                        """)
                .contains("| ours / stock DefaultErrorHandler, 1 % poison | >= 50 | 20 **NO** |");
    }

    @Test
    void a_whole_ratio_has_no_decimals() {
        List<Measured> fast = List.of(
                run(MessagePeer.STOCK, Load.of(200_000, 1).shortened(100), 5_000),
                run(MessagePeer.OURS, Load.of(200_000, 1), 1_000));

        assertThat(new MessageTables(fast).toString())
                .contains("| ours / stock DefaultErrorHandler, 1 % poison | >= 50 | 100 yes |");
    }

    @Test
    void who_is_stuck_has_no_rate() {
        Load load = Load.of(1_000, 10);
        Measured stuck = new Measured(MessagePeer.STOCK_IN_PLACE, load, 40, 6, 0, 2, false, 1, 900, 900);

        assertThat(new MessageTables(List.of(stuck)).toString())
                .contains("**stuck** after 40 of 900 good records, with 2 of 100 dead letters");
    }

    private static Measured run(MessagePeer peer, Load load, long millis) {
        return new Measured(
                peer,
                load,
                load.measuredGood(),
                load.measuredPoison() * 3,
                0,
                load.measuredPoison(),
                true,
                1,
                millis,
                millis * 1_000_000);
    }
}
