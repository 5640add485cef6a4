package io.github.resiliencestarter.benchmarks.messages;

import static io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType.CLASSIC;
import static io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType.QUORUM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RabbitJvmTests {

    private static final RabbitLoad NONE = new RabbitLoad(QUORUM, Load.of(50_000, 0), 0);
    private static final RabbitLoad CLASSIC_QUEUE = new RabbitLoad(CLASSIC, Load.of(50_000, 0), 0);
    private static final RabbitLoad ONE_PERCENT = new RabbitLoad(QUORUM, Load.of(50_000, 1), 0);
    private static final RabbitLoad WITH_BACKOFF = new RabbitLoad(QUORUM, Load.of(50_000, 10), 100);

    @Test
    void an_application_has_one_type_of_queue_and_one_back_off_and_those_that_wait_come_last() {
        assertThat(RabbitJvm.applications(List.of(WITH_BACKOFF, NONE, CLASSIC_QUEUE, ONE_PERCENT)))
                .containsExactly(List.of(NONE, ONE_PERCENT), List.of(CLASSIC_QUEUE), List.of(WITH_BACKOFF));
    }

    @Test
    void most_failures_are_met_first_and_loads_are_measured_in_turns() {
        List<RabbitJvm.Run> runs = RabbitJvm.runs(List.of(NONE, ONE_PERCENT));

        assertThat(runs).hasSize(31);
        assertThat(runs.subList(0, 17)).containsOnly(new RabbitJvm.Run(ONE_PERCENT.half(), false));
        assertThat(runs.subList(17, 31))
                .allMatch(RabbitJvm.Run::isMeasured)
                .extracting(RabbitJvm.Run::load)
                .startsWith(NONE, ONE_PERCENT, ONE_PERCENT, NONE, NONE, ONE_PERCENT);
    }

    @Test
    void an_application_that_meets_one_load_runs_as_often() {
        assertThat(RabbitJvm.runs(List.of(NONE)))
                .hasSize(31)
                .filteredOn(RabbitJvm.Run::isMeasured)
                .hasSize(7);
    }

    @Test
    void a_load_with_a_back_off_is_measured_once_without_others_before() {
        assertThat(RabbitJvm.runs(List.of(WITH_BACKOFF))).containsExactly(new RabbitJvm.Run(WITH_BACKOFF, true));
    }

    @Test
    void a_load_survives_the_way_to_another_JVM() {
        assertThat(RabbitLoad.parse(WITH_BACKOFF.toString())).isEqualTo(WITH_BACKOFF);
    }
}
