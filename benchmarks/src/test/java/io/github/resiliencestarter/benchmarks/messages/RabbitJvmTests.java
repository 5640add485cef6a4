package io.github.resiliencestarter.benchmarks.messages;

import static io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType.QUORUM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RabbitJvmTests {

    private static final RabbitLoad NONE = new RabbitLoad(QUORUM, Load.of(50_000, 0), 0);
    private static final RabbitLoad ONE_PERCENT = new RabbitLoad(QUORUM, Load.of(50_000, 1), 0);
    private static final RabbitLoad WITH_BACKOFF = new RabbitLoad(QUORUM, Load.of(50_000, 10), 100);

    @Test
    void most_failures_are_met_first_and_those_that_wait_last() {
        assertThat(RabbitJvm.runs(List.of(NONE, WITH_BACKOFF, ONE_PERCENT)))
                .containsExactly(
                        new RabbitJvm.Run(ONE_PERCENT, 5),
                        new RabbitJvm.Run(NONE, 5),
                        new RabbitJvm.Run(WITH_BACKOFF, 0));
    }

    @Test
    void who_has_one_load_without_waiting_runs_as_often() {
        assertThat(RabbitJvm.runs(List.of(NONE))).containsExactly(new RabbitJvm.Run(NONE, 11));
    }

    @Test
    void a_load_survives_the_way_to_another_JVM() {
        assertThat(RabbitLoad.parse(WITH_BACKOFF.toString())).isEqualTo(WITH_BACKOFF);
    }
}
