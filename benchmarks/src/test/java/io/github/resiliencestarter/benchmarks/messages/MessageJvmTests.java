package io.github.resiliencestarter.benchmarks.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageJvmTests {

    private static final Load NONE = Load.of(200_000, 0);
    private static final Load ONE_PERCENT = Load.of(200_000, 1);
    private static final Load TEN_PERCENT = Load.of(200_000, 10);

    @Test
    void who_never_waits_meets_most_failures_first() {
        assertThat(MessageJvm.runs(MessagePeer.OURS, List.of(NONE, TEN_PERCENT)))
                .containsExactly(new MessageJvm.Run(TEN_PERCENT, 3), new MessageJvm.Run(NONE, 3));
    }

    @Test
    void who_has_one_load_without_waiting_runs_as_often() {
        assertThat(MessageJvm.runs(MessagePeer.PLAIN, List.of(NONE))).containsExactly(new MessageJvm.Run(NONE, 7));
    }

    @Test
    void who_waits_comes_last_and_is_measured_at_once() {
        assertThat(MessageJvm.runs(MessagePeer.STOCK, List.of(ONE_PERCENT, NONE)))
                .containsExactly(new MessageJvm.Run(NONE, 7), new MessageJvm.Run(ONE_PERCENT, 0));
    }
}
