package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bulkhead and rate limiter of calls that answer later. */
class AsyncPermitRulesTests {

    private final AsyncRemote remote = new AsyncRemote();
    private final AsyncRemote another = new AsyncRemote();

    @Test
    void a_slot_is_held_until_the_answer_is_there_back_off_included() {
        TestCalls calls = TestCalls.with("idempotent=true", "bulkhead.max-concurrent-calls=1", "retry.max-attempts=2");
        calls.remote().executeAsync(remote);
        assertThat(free(calls)).isZero();
        remote.failsWith(new IOException());
        assertThat(free(calls)).as("while it backs off").isZero();
        calls.time.advance(ofMinutes(1));
        remote.answers();

        assertThat(free(calls)).isEqualTo(1);
    }

    @Test
    void the_slot_is_given_back_after_an_error_and_after_a_cancellation() {
        TestCalls calls = TestCalls.with("bulkhead.max-concurrent-calls=1");
        calls.remote().executeAsync(remote);
        remote.failsWith(new StackOverflowError());
        assertThat(free(calls)).isEqualTo(1);

        calls.remote().executeAsync(remote).cancel(true);
        assertThat(free(calls)).isEqualTo(1);
    }

    @Test
    void a_full_bulkhead_rejects_at_once_where_nobody_may_wait() {
        TestCalls calls = TestCalls.with("bulkhead.max-concurrent-calls=1");
        calls.remote().executeAsync(remote);
        CompletableFuture<String> rejected = calls.remote().executeAsync(another);

        assertThat(failureOf(rejected)).isInstanceOf(BulkheadFullException.class);
        assertThat(another.attempts()).isZero();
        remote.answers();
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void who_may_wait_for_a_slot_gets_the_first_one_that_is_free_and_blocks_no_thread() {
        TestCalls calls = waiting();
        calls.remote().executeAsync(remote);
        CompletableFuture<String> second = calls.remote().executeAsync(another);
        assertThat(another.attempts()).isZero();

        remote.answers();
        assertThat(another.attempts()).isEqualTo(1);
        another.answers();

        assertThat(second).isCompletedWithValue("answer");
        assertThat(free(calls)).isEqualTo(1);
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void a_slot_that_a_synchronous_call_gives_back_wakes_who_waits() throws Exception {
        TestCalls calls = waiting();
        calls.remote().run(() -> {
            calls.remote().executeAsync(another);
            assertThat(another.attempts()).isZero();
        });
        assertThat(another.attempts()).isEqualTo(1);
    }

    @Test
    void who_waited_in_vain_is_rejected_and_takes_no_slot() {
        TestCalls calls = waiting();
        calls.remote().executeAsync(remote);
        CompletableFuture<String> second = calls.remote().executeAsync(another);
        calls.time.advance(ofSeconds(5));

        assertThat(failureOf(second)).isInstanceOf(BulkheadFullException.class);
        remote.answers();
        assertThat(another.attempts()).isZero();
        assertThat(free(calls)).isEqualTo(1);
    }

    @Test
    void who_gave_up_waiting_takes_no_slot_from_those_behind() {
        TestCalls calls = waiting();
        AsyncRemote third = new AsyncRemote();
        calls.remote().executeAsync(remote);
        CompletableFuture<String> second = calls.remote().executeAsync(another);
        calls.remote().executeAsync(third);
        second.cancel(true);
        remote.answers();

        assertThat(another.attempts()).isZero();
        assertThat(third.attempts()).isEqualTo(1);
    }

    @Test
    void those_who_wait_are_served_in_their_order() {
        TestCalls calls = waiting();
        List<AsyncRemote> remotes = List.of(remote, another, new AsyncRemote());
        remotes.forEach(each -> calls.remote().executeAsync(each));
        assertThat(remotes).extracting(AsyncRemote::attempts).containsExactly(1, 0, 0);
        remote.answers();
        assertThat(remotes).extracting(AsyncRemote::attempts).containsExactly(1, 1, 0);
        another.answers();
        assertThat(remotes).extracting(AsyncRemote::attempts).containsExactly(1, 1, 1);
    }

    @Test
    void each_attempt_takes_a_rate_limiter_permit() {
        TestCalls calls = TestCalls.with(
                "idempotent=true",
                "rate-limiter.limit-for-period=2",
                "rate-limiter.limit-refresh-period=1h",
                "retry.max-attempts=5");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        for (int attempt = 1; attempt <= 2; attempt++) {
            remote.failsWith(new IOException());
            calls.time.advance(ofMinutes(1));
        }

        assertThat(failureOf(answer)).isInstanceOf(RequestNotPermitted.class);
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void who_may_wait_for_a_permit_reserves_it_and_goes_on_by_an_alarm() {
        TestCalls calls = TestCalls.with(
                "rate-limiter.limit-for-period=1",
                "rate-limiter.limit-refresh-period=1h",
                "rate-limiter.timeout-duration=2h");
        calls.remote().executeAsync(remote);
        CompletableFuture<String> second = calls.remote().executeAsync(another);
        assertThat(another.attempts()).isZero();
        calls.time.advance(ofMinutes(61));
        another.answers();

        assertThat(second).isCompletedWithValue("answer");
    }

    private static TestCalls waiting() {
        return TestCalls.with("bulkhead.max-concurrent-calls=1", "bulkhead.max-wait-duration=5s");
    }

    private static int free(TestCalls calls) {
        return calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls();
    }
}
