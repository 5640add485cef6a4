package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatAnswers;
import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Circuit breakers live by the clock of the calls, and not by the machine's. */
class BreakerTimeTests {

    @Test
    void an_open_breaker_is_half_open_as_soon_as_its_wait_is_over() {
        TestCalls calls = TestCalls.with("circuit-breaker.wait-duration-in-open-state=30s");
        calls.breaker().transitionToOpenState();

        calls.time.advance(ofSeconds(30).minusNanos(1));
        assertThat(calls.breaker().getState()).isEqualTo(State.OPEN);
        calls.time.advance(ofMillis(1));
        assertThat(calls.breaker().getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void without_automatic_transition_the_first_call_after_the_wait_is_the_trial() throws Exception {
        TestCalls calls = TestCalls.with(
                "circuit-breaker.wait-duration-in-open-state=30s",
                "circuit-breaker.automatic-transition-from-open-to-half-open-enabled=false");
        calls.breaker().transitionToOpenState();

        calls.time.advance(ofSeconds(31));
        assertThat(calls.breaker().getState()).isEqualTo(State.OPEN);
        calls.remote().execute(thatAnswers());
        assertThat(calls.breaker().getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void a_breaker_that_somebody_has_closed_meanwhile_stays_closed() {
        TestCalls calls = TestCalls.with("circuit-breaker.wait-duration-in-open-state=30s");
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToClosedState();
        calls.time.advance(ofSeconds(60));
        assertThat(calls.breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void the_wait_grows_where_the_config_says_so() {
        TestCalls calls = TestCalls.with("circuit-breaker.instance=growing");
        calls.breakers.circuitBreaker(
                "growing",
                CircuitBreakerConfig.custom()
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(1_000, 2))
                        .build());
        calls.breaker().transitionToOpenState();
        calls.time.advance(ofSeconds(1));
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));

        calls.time.advance(ofMillis(1_999));
        assertThat(calls.breaker().getState()).isEqualTo(State.OPEN);
        calls.time.advance(ofMillis(1));
        assertThat(calls.breaker().getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void a_trial_phase_with_a_limit_ends_by_the_clock() {
        TestCalls calls = TestCalls.with();
        calls.breakers.circuitBreaker(
                "remote",
                CircuitBreakerConfig.custom()
                        .maxWaitDurationInHalfOpenState(ofSeconds(10))
                        .build());
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        calls.time.advance(ofSeconds(10));
        assertThat(calls.breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void a_sliding_window_of_time_slides_by_the_clock() {
        TestCalls calls = TestCalls.with(
                "circuit-breaker.sliding-window-type=TIME_BASED",
                "circuit-breaker.sliding-window-size=60",
                "retry.enabled=false");
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        calls.time.advance(ofSeconds(120));
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isEqualTo(1);
    }

    @Test
    void a_borrowed_breaker_lives_by_the_clock_too_and_stays_one() {
        TestCalls calls = TestCalls.with(
                "circuit-breaker.instance=shared", "resilience.calls.other.circuit-breaker.instance=shared");
        calls.breakers.circuitBreaker(
                "shared",
                CircuitBreakerConfig.custom()
                        .waitDurationInOpenState(ofSeconds(30))
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());

        assertThat(calls.pipeline("other").circuitBreaker()).isSameAs(calls.breaker());
        calls.breaker().transitionToOpenState();
        calls.time.advance(ofSeconds(30));

        assertThat(calls.breaker().getState()).isEqualTo(State.HALF_OPEN);
        assertThat(calls.breakers.find("shared")).containsSame(calls.breaker());
    }
}
