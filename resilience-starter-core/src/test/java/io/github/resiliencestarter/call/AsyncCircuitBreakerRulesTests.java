package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AsyncCircuitBreakerRulesTests {

    public static class CardDeclined extends RuntimeException {}

    private final AsyncRemote remote = new AsyncRemote();

    @Test
    void the_breaker_counts_one_outcome_per_logical_call() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.max-attempts=3");
        calls.remote().executeAsync(remote);
        for (int attempt = 1; attempt <= 3; attempt++) {
            remote.failsWith(new IOException());
            calls.time.advance(ofMinutes(1));
        }

        assertThat(remote.attempts()).isEqualTo(3);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void nothing_is_recorded_before_the_answer_is_there() {
        TestCalls calls = TestCalls.with();
        calls.remote().executeAsync(remote);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
        remote.answers();
        assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @Test
    void an_open_breaker_costs_no_attempt() {
        TestCalls calls = TestCalls.with();
        calls.breaker().transitionToOpenState();

        CompletableFuture<String> answer = calls.remote().executeAsync(remote);

        assertThat(failureOf(answer)).isInstanceOf(CallNotPermittedException.class);
        assertThat(remote.attempts()).isZero();
        assertThat(calls.pipeline().counts().of(Outcome.REJECTED)).isEqualTo(1);
    }

    @Test
    void a_half_open_trial_gets_exactly_one_attempt() {
        TestCalls calls = halfOpen("idempotent=true", "retry.max-attempts=3");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.failsWith(new IOException());

        assertThat(failureOf(answer)).isInstanceOf(IOException.class);
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void slow_call_time_is_the_longest_single_attempt_without_back_off() {
        TestCalls calls = TestCalls.with(
                "idempotent=true",
                "retry.backoff.delay=10s",
                "retry.backoff.max-delay=10s",
                "circuit-breaker.slow-call-duration-threshold=2s");
        calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(1500));
        remote.failsWith(new IOException());
        calls.time.advance(ofSeconds(10));
        calls.time.advance(ofMillis(1500));
        remote.answers();
        assertThat(calls.breaker().getMetrics().getNumberOfSlowCalls()).isZero();

        calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(2500));
        remote.answers();
        assertThat(calls.breaker().getMetrics().getNumberOfSlowCalls()).isEqualTo(1);
    }

    @Test
    void the_permit_is_settled_after_a_value() {
        TestCalls calls = halfOpen();
        calls.remote().executeAsync(remote);
        remote.answers();
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void the_permit_is_settled_after_an_exception_and_after_an_error() {
        for (Throwable failure : new Throwable[] {new IOException(), new StackOverflowError()}) {
            TestCalls calls = halfOpen();
            calls.remote().executeAsync(remote);
            remote.failsWith(failure);
            assertThat(calls.breaker().getState()).as("after %s", failure).isEqualTo(CircuitBreaker.State.OPEN);
        }
    }

    @Test
    void the_permit_is_given_back_after_a_cancellation_an_interruption_and_a_business_exception() {
        TestCalls calls = halfOpen("business-exceptions=" + CardDeclined.class.getName());

        calls.remote().executeAsync(remote).cancel(true);
        calls.remote().executeAsync(remote);
        remote.failsWith(new InterruptedException());
        calls.remote().executeAsync(remote);
        remote.failsWith(new CardDeclined());

        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls())
                .as("none of them says anything about the remote")
                .isZero();
        calls.remote().executeAsync(remote);
        remote.answers();
        assertThat(calls.breaker().getState())
                .as("the permit was there for the next one")
                .isEqualTo(CircuitBreaker.State.CLOSED);
    }

    /** Lets a single trial through. */
    private static TestCalls halfOpen(String... properties) {
        String[] all = java.util.Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "circuit-breaker.permitted-number-of-calls-in-half-open-state=1";
        TestCalls calls = TestCalls.with(all);
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        return calls;
    }
}
