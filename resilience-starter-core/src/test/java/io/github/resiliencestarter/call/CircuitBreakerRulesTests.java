package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatAnswers;
import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.TransitionCheckResult;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class CircuitBreakerRulesTests {

    @Test
    void the_breaker_is_outside_retry_and_counts_one_outcome_per_logical_call() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(new IOException());

        assertThatThrownBy(() -> calls.remote().execute(remote)).isInstanceOf(IOException.class);

        assertThat(remote.attempts()).isEqualTo(3);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_call_that_recovers_by_retry_is_a_success_for_the_breaker() throws Exception {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");

        calls.remote().execute(thatFailsWith(new IOException()).thenAnswers());

        assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void an_open_breaker_costs_no_attempt_and_no_retry() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatAnswers();
        calls.breaker().transitionToOpenState();

        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(() -> calls.remote().execute(remote));

        assertThat(remote.attempts()).isZero();
        assertThat(calls.time.sleeps()).isEmpty();
        assertThat(calls.breaker().getMetrics().getNumberOfNotPermittedCalls()).isEqualTo(1);
    }

    @Test
    void before_each_retry_the_breaker_is_looked_at_and_an_open_one_stops_it() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        IOException original = new IOException();
        Remote remote = new Remote().then(() -> {
            calls.breaker().transitionToOpenState();
            throw original;
        });

        assertThat(fails(() -> calls.remote().execute(remote))).isSameAs(original);

        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.time.sleeps()).as("no wait for nothing").isEmpty();
    }

    @Test
    void a_breaker_that_opens_during_the_back_off_stops_the_retry() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        calls.time.duringSleep(() -> calls.breaker().transitionToOpenState());
        Remote remote = thatFailsWith(new IOException());

        assertThatThrownBy(() -> calls.remote().execute(remote)).isInstanceOf(IOException.class);

        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void a_half_open_trial_gets_exactly_one_attempt() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(new IOException());
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();

        assertThatThrownBy(() -> calls.remote().execute(remote)).isInstanceOf(IOException.class);

        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void a_trial_gets_one_attempt_even_if_the_other_trials_have_closed_the_breaker_meanwhile() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = new Remote().then(() -> {
            calls.breaker().transitionToClosedState();
            throw new IOException();
        });
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();

        assertThatThrownBy(() -> calls.remote().execute(remote)).isInstanceOf(IOException.class);

        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void slow_call_time_is_the_longest_single_attempt_without_back_off() throws Exception {
        TestCalls calls = TestCalls.with(
                "circuit-breaker.slow-call-duration-threshold=2s", "retry.backoff.delay=4s", "retry.max-attempts=3");
        Remote fast = attempts(calls, Duration.ofSeconds(1), Duration.ofSeconds(1));
        calls.remote().execute(fast);
        assertThat(calls.breaker().getMetrics().getNumberOfSlowCalls())
                .as("two attempts of 1 s and a wait of 4 s")
                .isZero();

        Remote slow = attempts(calls, Duration.ofSeconds(3), Duration.ofSeconds(1));
        calls.remote().execute(slow);
        assertThat(calls.breaker().getMetrics().getNumberOfSlowCalls()).isEqualTo(1);
    }

    private static Remote attempts(TestCalls calls, Duration failing, Duration answering) {
        return new Remote()
                .then(() -> {
                    calls.time.advance(failing);
                    throw new IOException();
                })
                .then(() -> {
                    calls.time.advance(answering);
                    return "answer";
                });
    }

    @Test
    void the_permit_is_settled_after_a_value_so_that_trials_close_the_breaker() throws Exception {
        TestCalls calls = halfOpen(2);
        calls.remote().execute(thatAnswers());
        calls.remote().execute(thatAnswers());
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void the_permit_is_settled_after_an_exception_so_that_trials_open_the_breaker() {
        TestCalls calls = halfOpen(2);
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void the_permit_is_settled_after_an_error_so_that_half_open_is_never_stuck() {
        TestCalls calls = halfOpen(2);
        fails(() -> calls.remote().execute(thatFailsWith(new StackOverflowError())));
        fails(() -> calls.remote().execute(thatFailsWith(new StackOverflowError())));
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void the_permit_is_given_back_after_an_interruption() throws Exception {
        TestCalls calls = halfOpen(1);
        fails(() -> calls.remote().execute(thatFailsWith(new InterruptedException())));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(calls.remote().execute(thatAnswers())).isEqualTo("answer");
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void the_permit_is_given_back_after_a_business_exception_and_after_a_rejection() throws Exception {
        TestCalls calls = TestCalls.with(
                "circuit-breaker.permitted-number-of-calls-in-half-open-state=1",
                "business-exceptions=java.util.NoSuchElementException");
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        fails(() -> calls.remote().execute(thatFailsWith(new java.util.NoSuchElementException())));
        fails(() -> calls.remote()
                .execute(thatFailsWith(CallNotPermittedException.createCallNotPermittedException(
                        CircuitBreaker.ofDefaults("of another call")))));
        assertThat(calls.remote().execute(thatAnswers())).isEqualTo("answer");
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    private static TestCalls halfOpen(int trials) {
        TestCalls calls = TestCalls.with("circuit-breaker.permitted-number-of-calls-in-half-open-state=" + trials);
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        return calls;
    }

    @Test
    void a_rejection_carries_no_stack_trace_and_names_breaker_and_state() {
        TestCalls calls = TestCalls.with();
        calls.breaker().transitionToForcedOpenState();
        Throwable rejection = fails(() -> calls.remote().execute(thatAnswers()));
        assertThat(rejection).hasMessageContaining("'remote' is FORCED_OPEN");
        assertThat(rejection.getStackTrace()).isEmpty();
    }

    @Test
    void a_value_that_the_breaker_takes_for_a_failure_is_recorded_as_one() throws Exception {
        TestCalls calls = TestCalls.with();
        calls.breakers.circuitBreaker(
                "remote",
                CircuitBreakerConfig.custom().recordResult("unwanted"::equals).build());

        calls.remote().execute(() -> "unwanted");
        calls.remote().execute(() -> "wanted");

        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @Test
    void a_value_can_open_the_breaker_where_it_is_told_to_look_at_values() throws Exception {
        TestCalls calls = TestCalls.with();
        calls.breakers.circuitBreaker(
                "remote",
                CircuitBreakerConfig.custom()
                        .transitionOnResult(
                                result -> TransitionCheckResult.transitionToOpenAndWaitFor(Duration.ofMinutes(1)))
                        .build());

        calls.remote().execute(() -> "value");

        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void where_exceptions_are_listed_only_those_and_timeouts_are_recorded() {
        TestCalls calls = TestCalls.with(
                "circuit-breaker.record-exceptions=java.io.IOException",
                "timeout.per-attempt=1s",
                "retry.enabled=false");

        TestCalls.fails(() -> calls.remote().execute(thatFailsWith(new IllegalStateException())));
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
        TestCalls.fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
        TestCalls.fails(() -> calls.remote().run(() -> calls.time.advance(Duration.ofSeconds(2))));
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
    }

    @Test
    void ignored_exceptions_are_recorded_neither_as_failure_nor_as_success() {
        TestCalls calls =
                TestCalls.with("circuit-breaker.ignore-exceptions=java.io.IOException", "retry.enabled=false");

        TestCalls.fails(() -> calls.remote().execute(thatFailsWith(new IOException())));

        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void a_call_that_began_before_the_circuit_opened_gives_no_trial_back_that_it_has_not_taken() throws Exception {
        TestCalls calls = TestCalls.with(
                "circuit-breaker.permitted-number-of-calls-in-half-open-state=1",
                "business-exceptions=java.util.NoSuchElementException");
        fails(() -> calls.remote().execute(() -> {
            calls.breaker().transitionToOpenState();
            calls.breaker().transitionToHalfOpenState();
            throw new NoSuchElementException();
        }));
        assertThat(calls.breaker().tryAcquirePermission()).isTrue();
        assertThat(calls.breaker().tryAcquirePermission())
                .as("more trials than permitted")
                .isFalse();
    }
}
