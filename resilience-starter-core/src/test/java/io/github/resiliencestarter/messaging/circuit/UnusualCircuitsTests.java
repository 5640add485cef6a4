package io.github.resiliencestarter.messaging.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.messaging.Pause;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Circuits that do not become half open by themselves, that nobody knows, or that are several. */
class UnusualCircuitsTests extends GatedListener {

    @Test
    void a_circuit_that_does_not_become_half_open_by_itself_is_tried_after_its_wait() {
        CircuitBreaker lazy = registry.circuitBreaker(
                "lazy",
                config().automaticTransitionFromOpenToHalfOpenEnabled(false).build());
        lazy.transitionToOpenState();
        gate.failed("a", "orders", rejection(lazy));

        time.advance(WAIT.minusMillis(1));
        assertThat(released).isZero();
        assertThat(gate.admits()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(released).isEqualTo(1);
        assertThat(gate.admits()).isTrue();

        gate.failed("a", "orders", rejection(lazy));
        assertThat(gate.admits()).as("it was too early").isFalse();
        time.advance(Duration.ofMillis(100));
        assertThat(gate.admits()).isTrue();
    }

    @Test
    void a_circuit_that_was_opened_by_hand_stays_so_until_somebody_closes_it() {
        breaker.transitionToForcedOpenState();
        rejected("a");

        time.advance(Duration.ofDays(1));
        assertThat(gate.admits()).isFalse();
        assertThat(released).isZero();

        breaker.reset();
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void a_disabled_circuit_is_a_closed_one() {
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToDisabledState();

        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void a_circuit_breaker_that_nobody_has_registered_is_probed_every_interval() {
        CircuitBreaker own = CircuitBreaker.of("own", config().build());
        own.transitionToOpenState();
        gate.failed("a", "orders", rejection(own));

        time.advance(INTERVAL.minusMillis(1));
        assertThat(gate.admits()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(released).isEqualTo(1);
        assertThat(gate.admits()).isTrue();
        assertThat(gate.failed("a", "orders", new IOException("still down"))).isEqualTo(ClosedDoor.open("own"));
        assertThat(gate.admits()).isFalse();

        time.advance(INTERVAL);
        assertThat(gate.admits()).isTrue();
        gate.passed("a");
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void a_rejection_without_a_reason_is_not_answered_by_knocking_at_once() {
        rejected("a");

        assertThat(gate.admits()).isFalse();
        time.advance(Duration.ofMillis(100));
        assertThat(gate.isShut()).isFalse();

        rejected("a");
        time.advance(Duration.ofMillis(199));
        assertThat(gate.isShut()).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void trials_that_are_taken_by_others_are_waited_for() {
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToHalfOpenState();
        assertThat(gate.admits()).isTrue();
        rejected("a");

        assertThat(gate.admits()).isFalse();
        breaker.transitionToClosedState();
        assertThat(gate.admits()).isTrue();
    }

    @Test
    void a_probe_that_gets_as_far_as_another_open_circuit_waits_for_that_one() {
        CircuitBreaker stock = registry.circuitBreaker("stock");
        stock.transitionToOpenState();
        breaker.transitionToOpenState();
        rejected("a");
        breaker.transitionToHalfOpenState();
        assertThat(gate.admits()).isTrue();
        gate.failed("a", "orders", rejection(stock));

        breaker.transitionToClosedState();
        assertThat(gate.isShut()).isTrue();
        stock.transitionToClosedState();
        assertThat(gate.isShut()).isFalse();
        assertThat(told)
                .containsExactly(
                        "paused orders OPEN_CIRCUIT inventory",
                        "resumed orders OPEN_CIRCUIT inventory",
                        "paused orders OPEN_CIRCUIT stock",
                        "resumed orders OPEN_CIRCUIT stock");
    }

    @Test
    void a_full_bulkhead_shuts_nothing() {
        Throwable full = BulkheadFullException.createBulkheadFullException(Bulkhead.ofDefaults("stock"));

        assertThat(gate.failed("a", "orders", full)).isEqualTo(new ClosedDoor(Pause.Reason.FULL_BULKHEAD, "stock"));
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void a_circuit_breaker_that_takes_the_place_of_another_is_followed() {
        breaker.transitionToOpenState();
        rejected("a");
        CircuitBreaker next = CircuitBreaker.of("inventory", config().build());
        next.transitionToOpenState();
        registry.replace("inventory", next);

        next.transitionToHalfOpenState();
        assertThat(gate.admits()).isTrue();
    }
}
