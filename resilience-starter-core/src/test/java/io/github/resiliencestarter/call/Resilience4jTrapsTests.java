package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatAnswers;
import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What bites users of resilience4j's own annotations, and does not bite here. */
class Resilience4jTrapsTests {

    @Test
    void aspect_order_three_attempts_are_recorded_as_one_failure() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_fallback_hides_no_failure_from_the_breaker() throws Exception {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=2",
                "circuit-breaker.minimum-number-of-calls=60",
                "circuit-breaker.sliding-window-size=60");
        for (int i = 0; i < 60; i++) {
            calls.remote().execute(thatFailsWith(new IOException()), failure -> "hidden from the caller only");
        }
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(60);
    }

    @Test
    void a_fallback_does_not_keep_retry_from_retrying() throws Exception {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(new IOException());
        calls.remote().execute(remote, failure -> "fallback");
        assertThat(remote.attempts()).isEqualTo(3);
    }

    @Test
    void the_rejection_of_an_open_circuit_is_not_retried_with_waits() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        calls.breaker().transitionToOpenState();
        fails(() -> calls.remote().execute(thatAnswers()));
        assertThat(calls.time.sleeps()).isEmpty();
        assertThat(calls.breaker().getMetrics().getNumberOfNotPermittedCalls()).isEqualTo(1);
    }

    @Test
    void two_errors_in_half_open_do_not_leave_the_breaker_stuck() {
        TestCalls calls = TestCalls.with("circuit-breaker.permitted-number-of-calls-in-half-open-state=2");
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        fails(() -> calls.remote().execute(thatFailsWith(new NoClassDefFoundError())));
        fails(() -> calls.remote().execute(thatFailsWith(new NoClassDefFoundError())));
        assertThat(calls.breaker().getState()).isNotEqualTo(CircuitBreaker.State.HALF_OPEN);
    }

    @Test
    void a_fallback_does_not_mask_an_error() {
        assertThat(fails(() ->
                        TestCalls.with().remote().execute(thatFailsWith(new OutOfMemoryError()), failure -> "masked")))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void an_interrupted_exception_is_not_retried() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(new InterruptedException());
        fails(() -> calls.remote().execute(remote));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void a_time_based_window_opens_below_a_hundred_calls_without_being_told_to() {
        TestCalls calls = TestCalls.with("circuit-breaker.sliding-window-type=TIME_BASED");
        for (int i = 0; i < 10; i++) {
            fails(() -> calls.remote().execute(thatFailsWith(new NullPointerException())));
        }
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void exponential_back_off_without_a_wait_duration_is_exponential() {
        TestCalls calls = TestCalls.with(
                "resilience4j.retry.instances.theirs.enable-exponential-backoff=true",
                "resilience4j.retry.instances.theirs.exponential-backoff-multiplier=2",
                "resilience4j.retry.instances.theirs.max-attempts=3");
        fails(() -> calls.call("theirs").execute(thatFailsWith(new IOException())));
        assertThat(calls.time.sleeps()).containsExactly(Duration.ofMillis(500), Duration.ofMillis(1000));
    }

    @Test
    void a_longest_wait_alone_is_not_ignored() {
        TestCalls calls = TestCalls.with(
                "resilience4j.retry.instances.theirs.exponential-max-wait-duration=600ms",
                "resilience4j.retry.instances.theirs.max-attempts=4");
        fails(() -> calls.call("theirs").execute(thatFailsWith(new IOException())));
        assertThat(calls.time.sleeps())
                .containsExactly(Duration.ofMillis(500), Duration.ofMillis(600), Duration.ofMillis(600));
    }

    @Test
    void ignored_exceptions_that_are_answers_skip_the_fallback_when_they_are_business_exceptions() {
        TestCalls calls = TestCalls.with("business-exceptions=java.util.NoSuchElementException");
        assertThat(fails(() -> calls.remote()
                        .execute(thatFailsWith(new java.util.NoSuchElementException()), failure -> "fallback")))
                .isInstanceOf(java.util.NoSuchElementException.class);
    }

    @Test
    void a_time_limit_on_a_synchronous_method_works_instead_of_throwing_when_it_is_called() throws Exception {
        TestCalls calls = TestCalls.with("resilience4j.timelimiter.instances.theirs.timeout-duration=2s");
        assertThat(calls.call("theirs").execute(thatAnswers())).isEqualTo("answer");
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void a_full_bulkhead_and_a_rate_limit_are_not_counted_by_the_breaker() {
        TestCalls calls = TestCalls.with("rate-limiter.limit-for-period=1", "rate-limiter.limit-refresh-period=1h");
        for (int i = 0; i < 20; i++) {
            try {
                calls.remote().execute(thatAnswers());
            } catch (Exception rateLimited) {
                assertThat(rateLimited).hasMessageContaining("RateLimiter 'remote'");
            }
        }
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }
}
