package io.github.resiliencestarter.messaging.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitGateTests extends GatedListener {

    @Test
    void nothing_is_held_back_and_nothing_excused_while_no_circuit_is_open() {
        assertThat(gate.isShut()).isFalse();
        assertThat(gate.admits()).isTrue();
        assertThat(gate.failed("a", "orders", new IOException("down"))).isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void a_rejection_shuts_the_gate_until_the_circuit_is_closed_and_both_are_told_once() {
        breaker.transitionToOpenState();

        assertThat(rejected("a")).isEqualTo(ClosedDoor.open("inventory"));
        assertThat(rejected("b")).isEqualTo(ClosedDoor.open("inventory"));

        assertThat(gate.isShut()).isTrue();
        assertThat(gate.admits()).isFalse();
        time.advance(WAIT.multipliedBy(10));
        assertThat(released).isZero();

        breaker.transitionToClosedState();
        assertThat(gate.isShut()).isFalse();
        assertThat(releasedAll).isEqualTo(1);
        assertThat(told)
                .containsExactly("paused orders OPEN_CIRCUIT inventory", "resumed orders OPEN_CIRCUIT inventory");
    }

    @Test
    void a_half_open_circuit_lets_one_message_through_at_a_time_until_it_is_closed() {
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToHalfOpenState();

        assertThat(released).isEqualTo(1);
        assertThat(gate.admits()).isTrue();
        assertThat(elsewhere(gate::admits)).isFalse();
        succeeds("a");

        assertThat(gate.isShut()).isTrue();
        assertThat(elsewhere(gate::admits)).isTrue();
        assertThat(gate.admits()).isFalse();
        elsewhere(() -> succeeds("b"));

        assertThat(gate.isShut()).isFalse();
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        assertThat(told).hasSize(2);
    }

    @Test
    void a_probe_that_fails_is_not_blamed_and_the_next_one_waits_for_the_circuit() {
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToHalfOpenState();

        assertThat(gate.admits()).isTrue();
        assertThat(fails("a")).isEqualTo(ClosedDoor.open("inventory"));
        assertThat(released).as("one more trial is permitted").isEqualTo(2);
        assertThat(gate.admits()).isTrue();
        assertThat(fails("b")).isEqualTo(ClosedDoor.open("inventory"));

        assertThat(breaker.getState()).isEqualTo(State.OPEN);
        assertThat(gate.admits()).isFalse();
        assertThat(released).isEqualTo(2);
        assertThat(told).containsExactly("paused orders OPEN_CIRCUIT inventory");
    }

    @Test
    void a_message_that_was_released_and_does_not_come_is_not_waited_for() {
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToHalfOpenState();
        time.advance(Duration.ofSeconds(3));

        assertThat(released).isEqualTo(4);
    }

    @Test
    void a_message_that_fails_again_and_again_as_the_probe_is_blamed_in_the_end() {
        breaker.transitionToOpenState();
        rejected("poison");

        for (int i = 0; i < 3; i++) {
            breaker.transitionToHalfOpenState();
            assertThat(gate.admits()).isTrue();
            assertThat(fails("poison")).as("failure %d", i).isNotNull();
            breaker.transitionToOpenState();
        }
        breaker.transitionToHalfOpenState();
        assertThat(gate.admits()).isTrue();
        assertThat(fails("poison")).isNull();
        assertThat(fails("another")).isNotNull();
    }

    @Test
    void a_message_that_opens_a_circuit_whenever_it_is_closed_is_blamed_in_the_end() {
        for (int i = 0; i < 3; i++) {
            assertThat(fails("poison")).as("the circuit is closed").isNull();
            assertThat(fails("poison")).as("failure %d opens it", i).isNotNull();
            breaker.transitionToClosedState();
        }
        assertThat(fails("poison")).isNull();
        assertThat(fails("poison")).isNull();
    }

    @Test
    void the_failure_that_has_opened_the_circuit_is_the_outage_already() {
        assertThat(fails("a")).isNull();
        assertThat(fails("b")).isEqualTo(ClosedDoor.open("inventory"));

        assertThat(gate.isShut()).isTrue();
    }

    @Test
    void a_failure_that_no_circuit_breaker_has_recorded_is_the_messages_own() {
        breaker.transitionToOpenState();

        assertThat(gate.failed("a", "orders", new IllegalStateException("unreadable")))
                .isNull();
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void a_call_that_was_under_way_when_the_gate_was_shut_is_not_blamed() {
        breaker.transitionToOpenState();
        rejected("a");

        ClosedDoor door = elsewhere(() -> gate.failed("b", "orders", new IOException("reset")));

        assertThat(door).isEqualTo(ClosedDoor.open("inventory"));
    }

    @Test
    void a_failure_after_the_circuit_was_closed_counts() {
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToHalfOpenState();
        assertThat(gate.admits()).isTrue();
        breaker.transitionToClosedState();

        assertThat(gate.failed("a", "orders", new IOException("unreadable"))).isNull();
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void a_thread_that_dies_with_the_probe_does_not_keep_the_gate_shut() throws InterruptedException {
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToHalfOpenState();
        Thread thread = new Thread(gate::admits);
        thread.start();
        thread.join();

        assertThat(gate.admits()).isTrue();
    }

    @Test
    void a_message_that_is_held_back_when_the_circuit_is_closed_already_goes_on_at_once() {
        breaker.transitionToOpenState();
        rejected("a");
        assertThat(gate.admits()).isFalse();
        breaker.transitionToClosedState();
        gate.held();

        assertThat(releasedAll).isEqualTo(2);
    }

    @Test
    void a_gate_that_is_closed_for_good_leaves_no_clock_running() {
        breaker.transitionToOpenState();
        rejected("a");
        gate.close();
        time.advance(Duration.ofDays(1));

        assertThat(time.pending()).isZero();
        assertThat(told).hasSize(2);
    }
}
