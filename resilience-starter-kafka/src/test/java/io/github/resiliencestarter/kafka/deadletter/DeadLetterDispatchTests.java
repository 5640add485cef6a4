package io.github.resiliencestarter.kafka.deadletter;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static io.github.resiliencestarter.kafka.consumer.GuardedMock.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.delivery.Dispatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterDispatchTests {

    private final Ladder ladder = new Ladder();

    @Test
    void a_record_is_committed_when_the_broker_has_confirmed_its_letter_and_not_before() {
        Dispatch dispatch = ladder.send(ONE, 4);
        assertThat(ladder.committed(ONE)).isEqualTo(4);
        assertThat(dispatch.isTaken()).isFalse();

        ladder.transport.confirm(0);

        assertThat(dispatch.isTaken()).isTrue();
        assertThat(ladder.committed(ONE)).isEqualTo(10);
        assertThat(ladder.observed.events).containsExactly("dead-lettered 0@4");
        assertThat(ladder.transport.sent).hasSize(1);
    }

    @Test
    void the_record_is_kept_back_before_its_letter_is_sent() {
        ladder.transport.onSend = () -> assertThat(ladder.committed(ONE)).isEqualTo(4);

        ladder.send(ONE, 4);

        assertThat(ladder.mock.committed(ONE)).isEqualTo(4);
    }

    @Test
    void letters_are_sent_without_waiting_for_the_one_before() {
        ladder.send(ONE, 4);
        ladder.send(ONE, 5);
        assertThat(ladder.transport.sent).hasSize(2);

        ladder.transport.confirm(1);
        assertThat(ladder.committed(ONE)).isEqualTo(4);
        ladder.transport.confirm(0);
        assertThat(ladder.committed(ONE)).isEqualTo(10);
    }

    @Test
    void what_the_broker_does_not_take_goes_to_the_store() {
        ladder.send(ONE, 4);

        ladder.transport.fail(0);

        assertThat(ladder.store.find("0@4")).isPresent();
        assertThat(ladder.committed(ONE)).isEqualTo(10);
        assertThat(ladder.observed.events).containsExactly("dead-lettered 0@4", "parked 0@4 NEW");
    }

    @Test
    void a_transport_that_throws_has_failed() {
        ladder.transport.onSend = () -> {
            throw new IllegalArgumentException("the topic of the dead letters is that of the source");
        };

        ladder.send(ONE, 4);

        assertThat(ladder.store.find("0@4")).isPresent();
        assertThat(ladder.committed(ONE)).isEqualTo(10);
    }

    @Test
    void a_broker_that_does_not_answer_in_time_has_failed() {
        ladder.send(ONE, 4);
        ladder.time.advance(Duration.ofMillis(9_999));
        assertThat(ladder.store.find("0@4")).isEmpty();

        ladder.time.advance(Duration.ofMillis(1));

        assertThat(ladder.store.find("0@4")).isPresent();
        assertThat(ladder.committed(ONE)).isEqualTo(10);
    }

    @Test
    void a_broker_that_answers_when_the_store_has_it_changes_nothing() {
        ladder.send(ONE, 4);
        ladder.time.advance(Duration.ofSeconds(10));
        ladder.transport.confirm(0);
        ladder.time.advance(Duration.ofHours(1));

        assertThat(ladder.observed.events).containsExactly("dead-lettered 0@4", "parked 0@4 NEW");
        assertThat(ladder.transport.sent).hasSize(1);
    }

    @Test
    void what_nobody_takes_stops_its_partition_and_raises_the_alarm() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.transport.fail(0);

        assertThat(ladder.committed(ONE)).isEqualTo(4);
        assertThat(ladder.isPaused(ONE)).isTrue();
        assertThat(ladder.isPaused(TWO)).isFalse();
        assertThat(ladder.observed.events).containsExactly("paused listener orders UNDELIVERABLE", "undeliverable 0@4");
    }

    @Test
    void without_a_store_what_the_broker_does_not_take_is_taken_by_nobody() {
        ladder.storeIsAbsent = true;
        ladder.send(ONE, 4);
        ladder.transport.fail(0);

        assertThat(ladder.observed.events).contains("undeliverable 0@4");
        assertThat(ladder.committed(ONE)).isEqualTo(4);
    }

    @Test
    void what_nobody_takes_is_sent_again_until_the_broker_takes_it() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.transport.fail(0);
        ladder.time.advance(Duration.ofSeconds(1));
        assertThat(ladder.transport.sent).hasSize(2);
        ladder.transport.fail(1);
        ladder.time.advance(Duration.ofMillis(1_999));
        assertThat(ladder.transport.sent).hasSize(2);
        ladder.time.advance(Duration.ofMillis(1));
        assertThat(ladder.transport.sent).hasSize(3);
        assertThat(ladder.isPaused(ONE)).isTrue();

        ladder.transport.confirm(2);

        assertThat(ladder.committed(ONE)).isEqualTo(10);
        assertThat(ladder.isPaused(ONE)).isFalse();
        assertThat(ladder.observed.events)
                .containsExactly(
                        "paused listener orders UNDELIVERABLE",
                        "undeliverable 0@4",
                        "dead-lettered 0@4",
                        "resumed listener orders");
        ladder.time.advance(Duration.ofHours(1));
        assertThat(ladder.transport.sent).hasSize(3);
    }

    @Test
    void a_store_that_is_back_before_the_broker_takes_it() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.transport.fail(0);
        ladder.storeIsDown = false;
        ladder.time.advance(Duration.ofSeconds(1));
        ladder.transport.fail(1);

        assertThat(ladder.store.find("0@4")).isPresent();
        assertThat(ladder.committed(ONE)).isEqualTo(10);
        assertThat(ladder.isPaused(ONE)).isFalse();
    }

    @Test
    void a_late_confirmation_counts_while_nobody_else_has_it() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.time.advance(Duration.ofSeconds(10));
        assertThat(ladder.isPaused(ONE)).isTrue();

        ladder.transport.confirm(0);

        assertThat(ladder.isPaused(ONE)).isFalse();
        assertThat(ladder.committed(ONE)).isEqualTo(10);
        ladder.time.advance(Duration.ofHours(1));
        assertThat(ladder.transport.sent).hasSize(1);
    }

    @Test
    void a_failure_that_comes_after_the_timeout_is_the_same_failure() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.time.advance(Duration.ofSeconds(10));
        ladder.transport.fail(0);

        ladder.time.advance(Duration.ofSeconds(5));

        assertThat(ladder.transport.sent).as("once, and once again").hasSize(2);
    }

    @Test
    void a_partition_goes_on_when_the_last_of_its_letters_is_taken() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.send(ONE, 5);
        ladder.transport.fail(0);
        ladder.transport.fail(1);
        ladder.time.advance(Duration.ofSeconds(1));
        ladder.transport.confirm(2);
        assertThat(ladder.isPaused(ONE)).isTrue();

        ladder.transport.confirm(3);

        assertThat(ladder.isPaused(ONE)).isFalse();
        assertThat(ladder.observed.events)
                .containsExactly(
                        "paused listener orders UNDELIVERABLE",
                        "undeliverable 0@4",
                        "undeliverable 0@5",
                        "dead-lettered 0@4",
                        "dead-lettered 0@5",
                        "resumed listener orders");
    }

    @Test
    void when_its_partition_leaves_a_letter_is_not_tried_any_more() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.send(TWO, 4);
        ladder.transport.fail(0);
        ladder.transport.fail(1);

        ladder.mock.broker.listener.onPartitionsRevoked(List.of(ONE));
        assertThat(ladder.mock.time.sleeps()).as("nobody waits for it").isEmpty();
        ladder.time.advance(Duration.ofSeconds(1));

        assertThat(ladder.transport.sent).extracting(letter -> letter.id()).containsExactly("0@4", "1@4", "1@4");
        assertThat(ladder.observed.events.get(ladder.observed.events.size() - 1))
                .isEqualTo("resumed listener orders");
        assertThat(ladder.isPaused(ONE)).isFalse();
        assertThat(ladder.isPaused(TWO)).isTrue();
    }

    @Test
    void a_letter_in_flight_whose_partition_has_left_is_not_parked() {
        ladder.send(ONE, 4);
        ladder.mock.broker.listener.onPartitionsLost(List.of(ONE));

        ladder.transport.fail(0);

        assertThat(ladder.store.find("0@4")).isEmpty();
        assertThat(ladder.observed.events).isEmpty();
    }

    @Test
    void after_a_rebalance_letters_are_sent_as_before() {
        ladder.send(ONE, 3);
        ladder.transport.confirm(0);
        ladder.mock.broker.listener.onPartitionsRevoked(List.of(ONE));
        ladder.send(ONE, 4);
        ladder.storeIsDown = true;
        ladder.transport.fail(1);
        ladder.mock.broker.listener.onPartitionsLost(List.of(ONE));
        ladder.time.advance(Duration.ofHours(1));

        assertThat(ladder.transport.sent).hasSize(2);
    }
}
