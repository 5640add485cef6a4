package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTests {

    private final List<Disruption> disruptions = IntStream.range(0, 5)
            .mapToObj(i -> Disruption.of("disruption " + i, () -> {}, () -> {}))
            .toList();

    @Test
    void the_same_seed_makes_the_same_schedule_and_another_one_another() {
        assertThat(schedule(42)).isEqualTo(schedule(42)).isNotEqualTo(schedule(43));
    }

    @Test
    void each_disruption_has_a_part_of_the_messages_and_a_time_in_the_limits() {
        List<Planned> planned = schedule(42);
        assertThat(planned).extracting(Planned::disruption).containsExactlyInAnyOrderElementsOf(disruptions);
        for (int i = 0; i < 5; i++) {
            assertThat(planned.get(i).atMessage()).isBetween(i * 200L, (i + 1) * 200L);
            assertThat(planned.get(i).duration()).isBetween(Duration.ofMillis(100), Duration.ofMillis(900));
        }
    }

    @Test
    void behind_the_last_message_there_is_no_traffic_to_disturb() {
        for (long seed = 0; seed < 10_000; seed++) {
            assertThat(schedule(seed))
                    .extracting(Planned::atMessage)
                    .allMatch(message -> message >= 1 && message < 1000);
        }
    }

    private List<Planned> schedule(long seed) {
        return Schedule.random(seed, 1000, disruptions, Duration.ofMillis(100), Duration.ofMillis(900));
    }
}
