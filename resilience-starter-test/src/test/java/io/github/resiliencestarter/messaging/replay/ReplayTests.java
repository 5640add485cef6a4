package io.github.resiliencestarter.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.replay.Consumer.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReplayTests {

    private final Plant plant = new Plant();

    @Test
    void all_open_letters_of_a_source_go_back_once_each_in_their_order() throws InterruptedException {
        List<String> ids = plant.park("orders", 250);
        plant.park("invoices", 3);
        ReplayJob job = plant.replays.start(plant.all("orders"));

        plant.run();

        assertThat(plant.consumer.ids()).containsExactlyElementsOf(ids);
        assertThat(plant.consumer.sent).allSatisfy(sent -> {
            assertThat(sent.replayId()).isEqualTo(job.id());
            assertThat(sent.replayCount()).isEqualTo(1);
        });
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
        assertThat(plant.job(job.id()).sent()).isEqualTo(250);
        assertThat(ids).allSatisfy(id -> assertThat(plant.status(id)).isEqualTo(LetterStatus.RESOLVED));
        assertThat(plant.ended).extracting(ReplayJob::id).containsExactly(job.id());
    }

    @Test
    void what_is_sent_and_not_heard_of_is_replayed_and_what_fails_again_is_open() throws InterruptedException {
        List<String> ids = plant.park("orders", 3);
        plant.consumer.answers(number ->
                List.of(Outcome.SILENT, Outcome.FAILED_AGAIN, Outcome.PROCESSED).get(number - 1));
        ReplayJob job = plant.replays.start(plant.all("orders"));

        plant.run();

        assertThat(ids)
                .extracting(plant::status)
                .containsExactly(LetterStatus.REPLAYED, LetterStatus.OPEN, LetterStatus.RESOLVED);
        ReplayProgress progress = plant.replays.progress(job.id()).orElseThrow();
        assertThat(progress.resolved()).isEqualTo(1);
        assertThat(progress.failedAgain()).isEqualTo(1);
        assertThat(progress.notSeenYet()).isEqualTo(1);
        assertThat(progress.left()).isZero();
    }

    @Test
    void letters_are_sent_evenly_at_the_rate_that_was_asked_for() throws InterruptedException {
        plant.park("orders", 101);
        ReplayJob job = plant.replays.start(plant.perSecond("orders", 50));

        plant.run();

        List<Consumer.Sent> sent = plant.consumer.sent;
        assertThat(Duration.between(sent.get(0).at(), sent.get(100).at())).isEqualTo(Duration.ofSeconds(2));
        for (int i = 1; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - 1).at(), sent.get(i).at())).isEqualTo(Duration.ofMillis(20));
        }
        assertThat(plant.replays.progress(job.id()).orElseThrow().perSecond()).isBetween(49.0, 51.0);
    }

    @Test
    void a_rate_of_less_than_one_letter_in_the_time_of_a_lease_is_kept() throws InterruptedException {
        plant.park("orders", 3);
        plant.replays.start(plant.perSecond("orders", 0.01));

        plant.run();

        assertThat(plant.consumer.sent).hasSize(3);
        assertThat(Duration.between(
                        plant.consumer.sent.get(0).at(),
                        plant.consumer.sent.get(2).at()))
                .isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void a_letter_whose_turn_comes_late_can_be_put_right_until_then() throws InterruptedException {
        List<String> ids = plant.park("orders", 3);
        List<Boolean> edited = new ArrayList<>();
        plant.consumer.whenSent(() -> edited.add(plant.letters.edit(ids.get(2), new byte[] {2}, "bob", "typo")));
        plant.replays.start(plant.perSecond("orders", 0.1));

        plant.run();

        assertThat(edited).startsWith(true);
    }

    @Test
    void letters_that_were_replayed_too_often_are_left_out_and_counted() throws InterruptedException {
        List<String> fresh = plant.park("orders", 2, 2);
        plant.park("orders", 5, 3);
        ReplayForecast forecast = plant.replays.dryRun(plant.all("orders"));
        assertThat(forecast.letters()).isEqualTo(2);
        assertThat(forecast.leftOut()).isEqualTo(5);
        ReplayJob job = plant.replays.start(plant.all("orders"));
        assertThat(plant.replays.progress(job.id()).orElseThrow().leftOut()).isEqualTo(5);

        plant.run();

        assertThat(plant.consumer.ids()).containsExactlyElementsOf(fresh);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
    }

    @Test
    void one_letter_is_replayed_however_often_it_was_and_only_once() throws InterruptedException {
        String id = plant.park("orders", 1, 99).get(0);
        plant.park("orders", 5);
        plant.consumer.answers(number -> Outcome.FAILED_AGAIN);
        ReplayJob job = plant.replays.start(plant.single(id));

        plant.run();

        assertThat(plant.consumer.ids()).containsExactly(id);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
    }

    @Test
    void letters_that_come_while_it_is_running_are_not_a_part_of_it() throws InterruptedException {
        plant.park("orders", 2);
        plant.replays.start(plant.perSecond("orders", 1));
        plant.time.advance(Duration.ofMillis(1));
        plant.consumer.whenSent(() -> plant.park("orders", 1));

        plant.run();

        assertThat(plant.consumer.sent).hasSize(2);
    }

    @Test
    void a_dry_run_tells_and_sends_nothing() throws InterruptedException {
        plant.park("orders", 100);

        ReplayForecast forecast = plant.replays.dryRun(plant.perSecond("orders", 50));
        plant.run();

        assertThat(forecast.letters()).isEqualTo(100);
        assertThat(forecast.estimated()).isEqualTo(Duration.ofSeconds(2));
        assertThat(forecast.groups())
                .singleElement()
                .satisfies(group -> assertThat(group.count()).isEqualTo(100));
        assertThat(plant.consumer.sent).isEmpty();
        assertThat(plant.replays.recent(10)).isEmpty();
    }

    @Test
    void a_cancelled_replay_gives_the_letters_that_were_not_sent_back_at_once() throws InterruptedException {
        List<String> ids = plant.park("orders", 1_000);
        ReplayJob job = plant.replays.start(plant.perSecond("orders", 50));
        plant.consumer.whenSent(() -> {
            if (plant.consumer.sent.size() == 75) {
                plant.replays.cancel(job.id(), "bob");
            }
        });

        plant.run();

        int sent = plant.consumer.sent.size();
        assertThat(sent).isBetween(75, 75 + 50);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.CANCELLED);
        assertThat(plant.job(job.id()).sent()).isEqualTo(sent);
        assertThat(plant.job(job.id()).note()).contains("bob");
        assertThat(plant.letters.claim(LetterFilter.ofSource("orders"), "somebody", Duration.ofMinutes(1), 1_000))
                .hasSize(ids.size() - sent);
        assertThat(plant.ended).extracting(ReplayJob::status).containsExactly(ReplayStatus.CANCELLED);
    }

    @Test
    void an_instance_that_stops_finishes_what_is_in_flight_and_another_one_goes_on_at_once()
            throws InterruptedException {
        List<String> ids = plant.park("orders", 200);
        ReplayJob job = plant.replays.start(plant.perSecond("orders", 50));
        AtomicBoolean stopping = new AtomicBoolean();
        plant.consumer.whenSent(() -> stopping.set(plant.consumer.sent.size() >= 60));
        plant.instance("one").runNext(stopping::get);
        assertThat(plant.consumer.sent).hasSize(60);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.RUNNING);
        assertThat(plant.job(job.id()).sent()).isEqualTo(60);

        plant.consumer.whenSent(() -> {});
        assertThat(plant.instance("two").runNext(() -> false)).isTrue();

        assertThat(plant.consumer.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void after_a_crash_between_sending_and_marking_another_instance_goes_on_with_the_same_id_and_count()
            throws InterruptedException {
        List<String> ids = plant.park("orders", 20);
        ReplayJob job = plant.replays.start(plant.all("orders"));
        plant.consumer.answers(number -> number == 7 ? Outcome.CRASH : Outcome.PROCESSED);
        assertThatThrownBy(() -> plant.instance("one").runNext(() -> false)).isInstanceOf(Consumer.Crash.class);
        assertThat(plant.instance("two").runNext(() -> false)).isFalse();

        plant.consumer.answers(number -> Outcome.PROCESSED);
        plant.time.advance(ReplayProperties.DEFAULTS.lease());
        assertThat(plant.instance("two").runNext(() -> false)).isTrue();

        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
        assertThat(plant.consumer.ids()).containsAll(ids).hasSize(21);
        assertThat(plant.consumer.sent)
                .filteredOn(sent -> sent.id().equals(ids.get(6)))
                .hasSize(2)
                .allSatisfy(sent -> {
                    assertThat(sent.replayId()).isEqualTo(job.id());
                    assertThat(sent.replayCount()).isEqualTo(1);
                });
    }

    @Test
    void letters_that_a_crashed_instance_holds_are_waited_for() throws InterruptedException {
        List<String> ids = plant.park("orders", 2);
        plant.letters.claim(ids.get(0), "crashed", Duration.ofMinutes(5));
        ReplayJob job = plant.replays.start(plant.all("orders"));

        plant.run();

        assertThat(plant.consumer.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
    }

    @Test
    void an_instance_whose_replay_was_taken_by_another_one_stops_at_once() throws InterruptedException {
        plant.park("orders", 500);
        ReplayJob job = plant.replays.start(plant.perSecond("orders", 50));
        plant.consumer.whenSent(() -> {
            if (plant.consumer.sent.size() == 100) {
                // it hung for longer than its lease, and another instance has claimed
                plant.time.advance(Duration.ofMinutes(1));
                plant.jobs.claim("two", Duration.ofHours(1));
            }
        });

        plant.instance("one").runNext(() -> false);

        assertThat(plant.consumer.sent).hasSize(100);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.RUNNING);
        assertThat(plant.ended).isEmpty();
    }

    @Test
    void a_letter_that_could_not_be_sent_is_open_says_why_and_is_tried_again() throws InterruptedException {
        List<String> ids = plant.park("orders", 3);
        AtomicBoolean down = new AtomicBoolean(true);
        plant.consumer.answers(number -> down.get() ? Outcome.NOT_SENT : Outcome.PROCESSED);
        plant.time.duringSleep(() -> {
            if (plant.time
                    .now()
                    .isAfter(plant.job(plant.replays.recent(1).get(0).id())
                            .createdAt()
                            .plusSeconds(100))) {
                down.set(false);
            } else {
                assertThat(plant.note(ids.get(0))).contains("could not send it", "broker down");
            }
        });
        ReplayJob job = plant.replays.start(plant.all("orders"));

        plant.run();

        assertThat(plant.consumer.ids()).containsExactlyElementsOf(ids);
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.COMPLETED);
        assertThat(plant.time.sleeps().size()).isLessThan(1_000);
    }

    @Test
    void a_letter_that_the_broker_never_takes_keeps_a_canary_from_no_other() throws InterruptedException {
        List<String> ids = plant.park("orders", 5);
        plant.consumer.refuses(ids.get(0));
        ReplayJob job = plant.replays.start(plant.canary("orders"));
        Instant patience = plant.time.now().plus(Duration.ofMinutes(10));

        plant.instance("one").runNext(() -> plant.time.now().isAfter(patience));

        assertThat(plant.consumer.ids()).containsExactlyElementsOf(ids.subList(1, 5));
        assertThat(plant.status(ids.get(0))).isEqualTo(LetterStatus.OPEN);
        assertThat(plant.note(ids.get(0))).contains("could not send it");
        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.RUNNING);
    }

    @Test
    void letters_that_nothing_here_takes_back_stop_the_replay_and_stay_open() throws InterruptedException {
        String id = plant.park("elsewhere", 2).get(0);
        ReplayJob job = plant.replays.start(plant.all("elsewhere"));

        plant.run();

        assertThat(plant.job(job.id()).status()).isEqualTo(ReplayStatus.STOPPED);
        assertThat(plant.job(job.id()).note()).contains("'elsewhere' (group billing)", "where their listener is");
        assertThat(plant.letters.claim(id, "somebody", Duration.ofMinutes(1))).isPresent();
    }

    @Test
    void two_replays_of_the_same_letters_send_each_of_them_once() throws InterruptedException {
        plant.park("orders", 10);
        plant.replays.start(plant.all("orders"));
        plant.replays.start(plant.all("orders"));

        plant.run();

        assertThat(plant.consumer.ids()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void a_request_that_makes_no_sense_is_refused_with_its_value_and_the_remedy() {
        String id = plant.park("orders", 1).get(0);
        plant.letters.discard(id, "alice", "test order");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plant.replays.start(plant.perSecond("orders", -1)))
                .withMessageContaining("perSecond is -1.0")
                .withMessageContaining("or 0 for no limit");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> plant.replays.start(new ReplayRequest(LetterFilter.ALL, null, 1, true, 0, "alice", null)))
                .withMessageContaining("maxReplays is 0");
        assertThatIllegalStateException()
                .isThrownBy(() -> plant.replays.start(plant.single(id)))
                .withMessageContaining("is DISCARDED");
        assertThatIllegalStateException()
                .isThrownBy(() -> plant.replays.start(plant.single("nobody")))
                .withMessageContaining("no letter 'nobody'");
    }
}
