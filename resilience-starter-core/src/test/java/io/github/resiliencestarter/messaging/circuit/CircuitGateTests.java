package io.github.resiliencestarter.messaging.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CircuitGateTests {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(config().build());
    private final CircuitBreaker breaker = registry.circuitBreaker("inventory");
    private final List<String> told = new ArrayList<>();
    private final Breakers breakers = new Breakers(registry);
    private final CircuitGate gate = gate("orders-listener");
    private final ExecutorService otherThread = Executors.newSingleThreadExecutor();
    private int released;
    private int releasedAll;

    /** What the breaker does by itself on the machine's time is done by hand here. */
    private static CircuitBreakerConfig.Builder config() {
        return CircuitBreakerConfig.custom()
                .minimumNumberOfCalls(2)
                .slidingWindowSize(2)
                .waitDurationInOpenState(WAIT)
                .permittedNumberOfCallsInHalfOpenState(2)
                .automaticTransitionFromOpenToHalfOpenEnabled(true);
    }

    @AfterEach
    void endTheOtherThread() {
        otherThread.shutdownNow();
    }

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

    @Test
    void a_gate_that_is_closed_for_good_leaves_no_clock_running() {
        breaker.transitionToOpenState();
        rejected("a");
        gate.close();
        time.advance(Duration.ofDays(1));

        assertThat(time.pending()).isZero();
        assertThat(told).hasSize(2);
    }

    private CircuitGate gate(String listener) {
        WaitingMessages messages = new WaitingMessages() {
            @Override
            public void releaseNext() {
                released++;
            }

            @Override
            public void releaseAll() {
                releasedAll++;
            }
        };
        MessageObserver observer = new MessageObserver() {
            @Override
            public void paused(Pause pause) {
                told.add("paused " + pause.source() + ' ' + pause.reason() + ' ' + pause.detail());
            }

            @Override
            public void resumed(Pause pause) {
                told.add("resumed " + pause.source() + ' ' + pause.reason() + ' ' + pause.detail());
            }
        };
        return new CircuitGate(listener, breakers, new ProbeSettings(INTERVAL, 3), messages, observer, time);
    }

    private ClosedDoor rejected(String message) {
        return gate.failed(message, "orders", new RuntimeException(rejection(breaker)));
    }

    private static CallNotPermittedException rejection(CircuitBreaker breaker) {
        return CallNotPermittedException.createCallNotPermittedException(breaker);
    }

    /** The remote fails, and the breaker records it. */
    private ClosedDoor fails(String message) {
        IOException failure = new IOException("down");
        breaker.onError(1, TimeUnit.MILLISECONDS, failure);
        return gate.failed(message, "orders", new RuntimeException(failure));
    }

    private boolean succeeds(String message) {
        breaker.onSuccess(1, TimeUnit.MILLISECONDS);
        gate.passed(message);
        return true;
    }

    private <T> T elsewhere(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, otherThread).join();
    }
}
