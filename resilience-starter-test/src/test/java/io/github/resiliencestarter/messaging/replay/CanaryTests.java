package io.github.resiliencestarter.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.replay.Consumer.Outcome;
import io.github.resiliencestarter.messaging.replay.Consumer.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CanaryTests {

    private final Plant plant = new Plant();

    /** Letters that were sent, and are processed when their consumer comes to it: some seconds later. */
    private final List<Sent> toProcess = new ArrayList<>();

    @Test
    void it_sends_1_2_5_and_20_letters_and_waits_for_each_step_before_the_rest() throws InterruptedException {
        plant.park("orders", 100);
        plant.consumer.answers(number -> Outcome.SILENT);
        processAfter(Duration.ofSeconds(10));
        ReplayJob job = plant.replays.start(plant.canary("orders"));

        plant.run();

        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
        assertThat(plant.consumer.sent.stream()
                        .collect(Collectors.groupingBy(Sent::at, TreeMap::new, Collectors.counting()))
                        .values())
                .containsExactly(1L, 2L, 5L, 20L, 72L);
    }

    @Test
    void it_stops_when_a_letter_fails_again_and_names_the_fingerprint() throws InterruptedException {
        List<String> ids = plant.park("orders", 100);
        plant.consumer.answers(number -> number == 3 ? Outcome.FAILED_AGAIN : Outcome.PROCESSED);
        ReplayJob job = plant.replays.start(plant.canary("orders"));

        plant.run();

        String fingerprint =
                plant.letters.find(ids.get(2)).orElseThrow().letter().failure().fingerprint();
        assertThat(plant.consumer.sent).hasSize(3);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.STOPPED);
        assertThat(plant.job(job.id()).note()).contains(ids.get(2), fingerprint, IllegalStateException.class.getName());
    }

    @Test
    void without_a_verdict_in_time_it_stops_and_says_what_to_do() throws InterruptedException {
        plant.park("orders", 100);
        plant.consumer.answers(number -> Outcome.SILENT);
        ReplayJob job = plant.replays.start(plant.canary("orders"));

        plant.run();

        assertThat(plant.consumer.sent).hasSize(1);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.STOPPED);
        assertThat(plant.job(job.id()).note()).contains("No verdict", "canary-timeout", "canary: false");
        assertThat(Duration.between(job.createdAt(), plant.time.now()))
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));
    }

    @Test
    void the_last_letters_of_a_small_group_are_waited_for_too() throws InterruptedException {
        plant.park("orders", 2);
        plant.consumer.answers(number -> Outcome.SILENT);
        processAfter(Duration.ofSeconds(10));
        ReplayJob job = plant.replays.start(plant.canary("orders"));

        plant.run();

        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
        assertThat(plant.time.now()).isAfterOrEqualTo(job.createdAt().plusSeconds(20));
    }

    @Test
    void the_last_letter_of_a_small_group_may_fail_too() throws InterruptedException {
        plant.park("orders", 2);
        plant.consumer.answers(number -> number == 2 ? Outcome.FAILED_AGAIN : Outcome.PROCESSED);
        ReplayJob job = plant.replays.start(plant.canary("orders"));

        plant.run();

        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.STOPPED);
    }

    @Test
    void after_a_crash_it_goes_on_with_the_step_at_which_it_was() throws InterruptedException {
        plant.park("orders", 100);
        plant.consumer.answers(number -> number == 4 ? Outcome.CRASH : Outcome.SILENT);
        processAfter(Duration.ofSeconds(10));
        ReplayJob job = plant.replays.start(plant.canary("orders"));
        assertThatThrownBy(() -> plant.instance("one").runNext(() -> false)).isInstanceOf(Consumer.Crash.class);
        int before = plant.consumer.sent.size();

        plant.consumer.answers(number -> Outcome.SILENT);
        plant.time.advance(ReplayProperties.DEFAULTS.lease());
        plant.instance("two").runNext(() -> false);

        assertThat(before).isEqualTo(4);
        assertThat(plant.consumer.sent.subList(before, plant.consumer.sent.size()).stream()
                        .collect(Collectors.groupingBy(Sent::at, TreeMap::new, Collectors.counting()))
                        .values())
                .as("the rest of the third step, the fourth, all others")
                .containsExactly(5L, 20L, 72L);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
    }

    private void processAfter(Duration delay) {
        plant.time.duringSleep(() -> {
            List<Sent> due = plant.consumer.sent.stream()
                    .filter(sent -> !toProcess.contains(sent))
                    .filter(sent -> !sent.at().plus(delay).isAfter(plant.time.now()))
                    .toList();
            toProcess.addAll(due);
            due.forEach(sent -> plant.letters.resolve(sent.id(), sent.replayCount(), sent.replayId()));
        });
    }
}
