package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkheadAndRateLimiterRulesTests {

    @Test
    void a_bulkhead_slot_is_held_for_the_whole_logical_call_back_off_included() throws Exception {
        TestCalls calls = TestCalls.with("bulkhead.max-concurrent-calls=1", "retry.max-attempts=2");
        var bulkhead = calls.bulkheads;
        List<Integer> freeDuringBackOff = new ArrayList<>();
        calls.time.duringSleep(() ->
                freeDuringBackOff.add(bulkhead.bulkhead("remote").getMetrics().getAvailableConcurrentCalls()));

        calls.remote().execute(thatFailsWith(new IOException()).thenAnswers());

        assertThat(freeDuringBackOff).containsExactly(0);
        assertThat(bulkhead.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(1);
    }

    @Test
    void a_full_bulkhead_rejects_without_an_attempt_and_without_a_record_in_the_breaker() throws Exception {
        TestCalls calls = TestCalls.with("bulkhead.max-concurrent-calls=1");
        Remote second = Remote.thatAnswers();
        calls.remote()
                .run(() -> assertThatExceptionOfType(BulkheadFullException.class)
                        .isThrownBy(() -> calls.remote().execute(second)));

        assertThat(second.attempts()).isZero();
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
        assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @Test
    void the_bulkhead_slot_is_given_back_after_an_error() {
        TestCalls calls = TestCalls.with("bulkhead.max-concurrent-calls=1");
        fails(() -> calls.remote().execute(thatFailsWith(new StackOverflowError())));
        assertThat(calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(1);
    }

    @Test
    void each_attempt_takes_a_rate_limiter_permit() {
        TestCalls calls = TestCalls.with(
                "rate-limiter.limit-for-period=2", "rate-limiter.limit-refresh-period=1h", "retry.max-attempts=5");
        Remote remote = thatFailsWith(new IOException());

        Throwable thrown = fails(() -> calls.remote().execute(remote));

        assertThat(thrown).isInstanceOf(RequestNotPermitted.class);
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void strategies_that_are_not_configured_are_not_in_the_chain_at_all() {
        assertThat(TestCalls.with().pipeline().order().toString())
                .isEqualTo("[OBSERVE, FALLBACK, CIRCUIT_BREAKER, RETRY, METHOD]");
    }

    @Test
    void the_order_is_observe_fallback_breaker_bulkhead_deadline_retry_limiter_timeout_method() {
        TestCalls calls = TestCalls.with(
                "bulkhead.max-concurrent-calls=1", "rate-limiter.limit-for-period=1", "timeout.per-attempt=1s");
        assertThat(calls.pipeline().order().toString())
                .isEqualTo(
                        "[OBSERVE, FALLBACK, CIRCUIT_BREAKER, BULKHEAD, DEADLINE, RETRY, RATE_LIMITER, TIMEOUT, METHOD]");
    }
}
