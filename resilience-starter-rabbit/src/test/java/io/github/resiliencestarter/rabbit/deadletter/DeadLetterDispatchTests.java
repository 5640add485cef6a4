package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.delivery.Detour;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLetterDispatchTests {

    private final Ladder ladder = new Ladder();

    @Test
    void a_message_is_acknowledged_when_the_broker_has_confirmed_its_letter_and_not_before() {
        ladder.send(4);
        assertThat(ladder.acknowledged).isEmpty();

        ladder.transport.confirm(0);

        assertThat(ladder.acknowledged).containsExactly(4);
        assertThat(ladder.observed.events).containsExactly("dead-lettered m4");
        assertThat(ladder.transport.sent).hasSize(1);
    }

    @Test
    void letters_are_sent_without_waiting_for_the_one_before() {
        ladder.send(4);
        ladder.send(5);
        assertThat(ladder.transport.sent).hasSize(2);

        ladder.transport.confirm(1);
        assertThat(ladder.acknowledged).containsExactly(5);
        ladder.transport.confirm(0);
        assertThat(ladder.acknowledged).containsExactly(5, 4);
    }

    @Test
    void what_the_broker_does_not_take_goes_to_the_store() {
        ladder.send(4);

        ladder.transport.fail(0);

        assertThat(ladder.store.find("m4")).isPresent();
        assertThat(ladder.acknowledged).containsExactly(4);
        assertThat(ladder.observed.events).containsExactly("dead-lettered m4", "parked m4 NEW");
    }

    @Test
    void a_transport_that_throws_has_failed() {
        ladder.transport.onSend = () -> {
            throw new IllegalArgumentException("no such exchange");
        };

        ladder.send(4);

        assertThat(ladder.store.find("m4")).isPresent();
        assertThat(ladder.acknowledged).containsExactly(4);
    }

    @Test
    void a_broker_that_does_not_answer_in_time_has_failed() {
        ladder.send(4);
        ladder.time.advance(Duration.ofMillis(9_999));
        assertThat(ladder.store.find("m4")).isEmpty();

        ladder.time.advance(Duration.ofMillis(1));

        assertThat(ladder.store.find("m4")).isPresent();
        assertThat(ladder.acknowledged).containsExactly(4);
    }

    @Test
    void a_broker_that_answers_when_the_store_has_it_changes_nothing() {
        ladder.send(4);
        ladder.time.advance(Duration.ofSeconds(10));
        ladder.transport.confirm(0);
        ladder.time.advance(Duration.ofHours(1));

        assertThat(ladder.acknowledged).containsExactly(4);
        assertThat(ladder.transport.sent).hasSize(1);
    }

    @Test
    void what_nobody_takes_stops_its_listener_and_raises_the_alarm_once() {
        ladder.storeIsDown = true;
        ladder.send(4);
        ladder.transport.fail(0);
        ladder.time.advance(Duration.ofSeconds(1));
        ladder.transport.fail(1);

        assertThat(ladder.acknowledged).isEmpty();
        assertThat(ladder.letters.isStuck()).isTrue();
        assertThat(ladder.dispatch.listener("other").isStuck()).isFalse();
        assertThat(ladder.observed.events).containsExactly("paused listener orders UNDELIVERABLE", "undeliverable m4");
    }

    @Test
    void without_a_store_what_the_broker_does_not_take_is_taken_by_nobody() {
        ladder.storeIsAbsent = true;
        ladder.send(4);
        ladder.transport.fail(0);

        assertThat(ladder.observed.events).contains("undeliverable m4");
        assertThat(ladder.acknowledged).isEmpty();
    }

    @Test
    void what_nobody_takes_is_sent_again_until_the_broker_takes_it() {
        ladder.storeIsDown = true;
        ladder.send(4);
        ladder.transport.fail(0);
        ladder.time.advance(Duration.ofSeconds(1));
        assertThat(ladder.transport.sent).hasSize(2);
        ladder.transport.fail(1);
        ladder.time.advance(Duration.ofMillis(1_999));
        assertThat(ladder.transport.sent).hasSize(2);
        ladder.time.advance(Duration.ofMillis(1));
        assertThat(ladder.transport.sent).hasSize(3);
        assertThat(ladder.letters.isStuck()).isTrue();

        ladder.transport.confirm(2);

        assertThat(ladder.acknowledged).containsExactly(4);
        assertThat(ladder.letters.isStuck()).isFalse();
        assertThat(ladder.observed.events)
                .containsExactly(
                        "paused listener orders UNDELIVERABLE",
                        "undeliverable m4",
                        "dead-lettered m4",
                        "resumed listener orders");
        ladder.time.advance(Duration.ofHours(1));
        assertThat(ladder.transport.sent).hasSize(3);
    }

    @Test
    void a_late_confirmation_counts_while_nobody_else_has_it() {
        ladder.storeIsDown = true;
        ladder.send(4);
        ladder.time.advance(Duration.ofSeconds(10));
        assertThat(ladder.letters.isStuck()).isTrue();

        ladder.transport.confirm(0);

        assertThat(ladder.letters.isStuck()).isFalse();
        assertThat(ladder.acknowledged).containsExactly(4);
        ladder.time.advance(Duration.ofHours(1));
        assertThat(ladder.transport.sent).hasSize(1);
    }

    @Test
    void a_listener_goes_on_when_the_last_of_its_letters_is_taken() {
        ladder.storeIsDown = true;
        ladder.send(4);
        ladder.send(5);
        ladder.transport.fail(0);
        ladder.transport.fail(1);
        ladder.time.advance(Duration.ofSeconds(1));
        ladder.transport.confirm(2);
        assertThat(ladder.letters.isStuck()).isTrue();

        ladder.transport.confirm(3);

        assertThat(ladder.letters.isStuck()).isFalse();
        assertThat(ladder.observed.events)
                .containsExactly(
                        "paused listener orders UNDELIVERABLE",
                        "undeliverable m4",
                        "undeliverable m5",
                        "dead-lettered m4",
                        "dead-lettered m5",
                        "resumed listener orders");
    }

    @Test
    void a_letter_whose_message_comes_again_is_not_tried_any_more() {
        ladder.storeIsDown = true;
        ladder.send(4);
        ladder.transport.fail(0);
        ladder.running = false;

        ladder.time.advance(Duration.ofHours(1));

        assertThat(ladder.transport.sent).hasSize(1);
        assertThat(ladder.letters.isStuck()).isFalse();
        assertThat(ladder.acknowledged).isEmpty();
    }

    @Test
    void when_a_channel_is_gone_its_letters_are_forgotten_at_once() {
        ladder.storeIsDown = true;
        ladder.send(4);
        ladder.letters.send(Ladder.letter(5), null, () -> ladder.acknowledged.add(5), () -> true);
        ladder.transport.fail(0);
        ladder.running = false;
        assertThat(ladder.letters.isStuck()).isTrue();

        ladder.letters.forgetUnawaited();
        assertThat(ladder.letters.isStuck()).isFalse();
        ladder.transport.confirm(1);

        assertThat(ladder.acknowledged).as("of a channel that is there").containsExactly(5);
        assertThat(ladder.observed.events).endsWith("resumed listener orders", "dead-lettered m5");
    }

    @Test
    void a_letter_in_flight_whose_message_comes_again_is_neither_parked_nor_acknowledged() {
        ladder.send(4);
        ladder.send(5);
        ladder.running = false;
        ladder.letters.forgetUnawaited();

        ladder.transport.fail(0);
        ladder.transport.confirm(1);

        assertThat(ladder.store.find("m4")).isEmpty();
        assertThat(ladder.acknowledged).isEmpty();
        assertThat(ladder.observed.events).isEmpty();
    }

    @Test
    void an_acknowledgement_that_fails_does_not_keep_the_letter() {
        ladder.letters.send(
                Ladder.letter(4),
                null,
                () -> {
                    throw new IllegalStateException("the channel is closed");
                },
                () -> true);

        ladder.transport.confirm(0);

        assertThat(ladder.observed.events).containsExactly("dead-lettered m4");
    }

    @Test
    void on_a_detour_a_letter_waits_and_is_no_dead_one() {
        ladder.send(4, detour());
        ladder.transport.delays.get(0).complete(null);

        assertThat(ladder.acknowledged).containsExactly(4);
        assertThat(ladder.observed.events).containsExactly("delayed m4 PT10S");
        assertThat(ladder.transport.sent).isEmpty();
    }

    @Test
    void a_letter_that_the_delay_queue_does_not_take_is_a_dead_one() {
        ladder.send(4, detour());
        ladder.transport.delays.get(0).completeExceptionally(new IllegalStateException("no queue"));
        ladder.transport.confirm(0);

        assertThat(ladder.acknowledged).containsExactly(4);
        assertThat(ladder.observed.events).containsExactly("dead-lettered m4");
    }

    @Test
    void it_is_open_until_it_is_closed() {
        assertThat(ladder.dispatch.isOpen()).isTrue();
        ladder.dispatch.close();
        assertThat(ladder.dispatch.isOpen()).isFalse();
    }

    private Detour detour() {
        Delay delay = new Delay(1, Duration.ofSeconds(10), Instant.EPOCH);
        return new Detour(delay, "orders.retry.10s", ladder.transport);
    }
}
