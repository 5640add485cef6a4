package io.github.resiliencestarter.call;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AsyncHedgeTests {

    private final List<CompletableFuture<String>> attempts = new CopyOnWriteArrayList<>();

    private CompletableFuture<String> call(TestCalls calls) {
        return calls.remote().idempotent().executeAsync(() -> {
            CompletableFuture<String> attempt = new CompletableFuture<>();
            attempts.add(attempt);
            return attempt;
        });
    }

    private void awaitAttempts(int number) {
        await().until(() -> attempts.size() == number);
    }

    private CompletableFuture<String> hedged(TestCalls calls) {
        CompletableFuture<String> result = call(calls);
        calls.time.advance(ofMillis(200));
        awaitAttempts(2);
        return result;
    }

    private static Throwable failureOf(CompletableFuture<?> result) {
        Throwable thrown = catchThrowable(() -> result.get(10, TimeUnit.SECONDS));
        assertThat(thrown).isNotNull();
        return thrown.getCause() == null ? thrown : thrown.getCause();
    }

    @Test
    void where_the_first_attempt_takes_long_another_one_is_started_and_the_first_answer_wins() throws Exception {
        TestCalls calls = HedgedCall.calls();
        CompletableFuture<String> result = hedged(calls);
        attempts.get(1).complete("of the hedge");

        assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo("of the hedge");
        assertThat(attempts.get(0)).as("the loser").isCancelled();
        CallCounts counts = calls.pipeline().counts();
        assertThat(counts.hedgesStarted()).isEqualTo(1);
        assertThat(counts.hedgesWon()).isEqualTo(1);
        assertThat(counts.of(Outcome.RECOVERED)).isEqualTo(1);
        assertThat(counts.attempts()).isEqualTo(2);
    }

    @Test
    void an_answer_before_the_delay_starts_no_other_attempt() throws Exception {
        TestCalls calls = HedgedCall.calls();
        CompletableFuture<String> result = call(calls);
        calls.time.advance(ofMillis(199));
        attempts.get(0).complete("in time");
        assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo("in time");
        assertThat(calls.time.pending()).isZero();
        assertThat(attempts).hasSize(1);
        assertThat(calls.pipeline().counts().of(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void where_the_first_attempt_wins_the_hedge_is_cancelled() throws Exception {
        TestCalls calls = HedgedCall.calls();
        CompletableFuture<String> result = hedged(calls);
        attempts.get(0).complete("of the first");
        assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo("of the first");
        assertThat(attempts.get(1)).isCancelled();
        assertThat(calls.pipeline().counts().hedgesWon()).isZero();
        assertThat(calls.pipeline().counts().of(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void where_all_fail_the_first_failure_is_thrown_and_has_the_other_suppressed() {
        TestCalls calls = HedgedCall.calls();
        CompletableFuture<String> result = hedged(calls);
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        attempts.get(1).completeExceptionally(first);
        assertThat(result).as("it waits for the other attempt").isNotDone();
        attempts.get(0).completeExceptionally(second);
        assertThat(failureOf(result)).isSameAs(first).hasSuppressedException(second);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_business_exception_is_an_answer_and_wins() {
        TestCalls calls = HedgedCall.calls("business-exceptions=java.util.NoSuchElementException");
        CompletableFuture<String> result = hedged(calls);
        attempts.get(1).completeExceptionally(new NoSuchElementException());
        assertThat(failureOf(result)).isInstanceOf(NoSuchElementException.class);
        assertThat(attempts.get(0)).isCancelled();
    }

    @Test
    void a_caller_that_gives_up_cancels_all_attempts() {
        TestCalls calls = HedgedCall.calls("bulkhead.max-concurrent-calls=1");
        CompletableFuture<String> result = hedged(calls);
        result.cancel(true);
        assertThat(attempts).allMatch(CompletableFuture::isCancelled);
        assertThat(calls.time.pending()).isZero();
        assertThat(calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void each_attempt_has_a_timeout_of_its_own() {
        TestCalls calls = HedgedCall.calls("timeout.per-attempt=1s");
        CompletableFuture<String> result = hedged(calls);
        await().until(() -> calls.time.pending() == 2);
        calls.time.advance(ofMillis(800));
        assertThat(result).isNotDone();
        await().until(() -> attempts.get(0).isCancelled());
        calls.time.advance(ofMillis(200));
        assertThat(failureOf(result)).isInstanceOf(AttemptTimeoutException.class);
    }

    @Test
    void a_retry_is_hedged_anew() throws Exception {
        TestCalls calls = HedgedCall.calls("retry.max-attempts=2", "retry.backoff.delay=50ms");
        CompletableFuture<String> result = hedged(calls);
        attempts.get(0).completeExceptionally(new IOException());
        attempts.get(1).completeExceptionally(new IOException());
        await().until(() -> calls.time.pending() == 1);
        calls.time.advance(ofMillis(50));
        awaitAttempts(3);
        await().until(() -> calls.time.pending() == 1);
        calls.time.advance(ofMillis(200));
        awaitAttempts(4);
        attempts.get(3).complete("at last");
        assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo("at last");
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(4);
    }

    @Test
    void a_hedge_without_a_permit_of_the_rate_limiter_is_none() {
        TestCalls calls = HedgedCall.calls("rate-limiter.limit-for-period=1", "rate-limiter.limit-refresh-period=1h");
        CompletableFuture<String> result = call(calls);
        calls.time.advance(ofMillis(200));
        await().until(() -> calls.pipeline().counts().hedgesStarted() == 1);
        IOException original = new IOException();
        attempts.get(0).completeExceptionally(original);
        assertThat(failureOf(result)).isSameAs(original);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void a_trial_of_a_half_open_circuit_is_never_hedged() {
        TestCalls calls = HedgedCall.calls();
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        long alarmsOfTheBreaker = calls.time.pending();
        call(calls);
        assertThat(calls.time.pending()).isEqualTo(alarmsOfTheBreaker);
    }

    @Test
    void a_call_that_nobody_says_is_idempotent_is_not_hedged() {
        TestCalls calls = HedgedCall.calls("resilience.defaults.idempotent=");
        calls.remote().executeAsync(CompletableFuture<String>::new);
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void thousands_of_hedged_calls_leave_nothing_behind() throws Exception {
        TestCalls calls = HedgedCall.calls(
                "hedge.delay=1ms",
                "circuit-breaker.enabled=false",
                "bulkhead.max-concurrent-calls=50",
                "timeout.per-attempt=5s",
                "retry-budget.min-per-second=1000");
        int number = 4_000;
        List<CompletableFuture<?>> results = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            CompletableFuture<String> result = calls.remote()
                    .idempotent()
                    .executeAsync(() -> CompletableFuture.supplyAsync(
                            () -> {
                                if (ThreadLocalRandom.current().nextInt(10) == 0) {
                                    throw new IllegalStateException();
                                }
                                return "answer";
                            },
                            CompletableFuture.delayedExecutor(
                                    ThreadLocalRandom.current().nextInt(3), TimeUnit.MILLISECONDS)));
            results.add(result);
            if (ThreadLocalRandom.current().nextInt(20) == 0) {
                result.cancel(true);
            }
            calls.time.advance(ofMillis(2));
        }
        await().until(() -> results.stream().allMatch(CompletableFuture::isDone));
        CallCounts counts = calls.pipeline().counts();
        assertThat(counts.hedgesStarted()).isPositive();
        assertThat(counts.hedgesWon()).isPositive();
        await().untilAsserted(() -> assertThat(calls.time.pending()).isZero());
        await().untilAsserted(() -> assertThat(
                        calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(50));
        long ended = Arrays.stream(Outcome.values()).mapToLong(counts::of).sum();
        assertThat(ended).as("each call ends exactly once").isEqualTo(number);
    }

    @Test
    void where_all_fail_the_worst_outcome_is_that_of_the_call() {
        whereAllFailTheOutcomeIsUnknown(HedgedCall.calls());
    }

    @Test
    void with_retries_too_each_failure_is_judged_once() {
        whereAllFailTheOutcomeIsUnknown(
                HedgedCall.calls("retry.max-attempts=2", "retry.ignore-exceptions=java.net.ConnectException"));
    }

    private void whereAllFailTheOutcomeIsUnknown(TestCalls calls) {
        List<CallFailure> failures = new CopyOnWriteArrayList<>();
        CompletableFuture<String> result = calls.remote()
                .idempotent()
                .executeAsync(
                        () -> {
                            CompletableFuture<String> attempt = new CompletableFuture<>();
                            attempts.add(attempt);
                            return attempt;
                        },
                        failure -> {
                            failures.add(failure);
                            return CompletableFuture.completedFuture("instead");
                        });
        calls.time.advance(ofMillis(200));
        awaitAttempts(2);
        attempts.get(0).completeExceptionally(new ConnectException());
        attempts.get(1).completeExceptionally(new SocketTimeoutException("Read timed out"));

        assertThat(result).isCompletedWithValue("instead");
        assertThat(failures).extracting(CallFailure::outcome).containsExactly(CallOutcome.UNKNOWN);
        assertThat(calls.pipeline().counts().failedAttempts(CallOutcome.UNKNOWN))
                .isEqualTo(1);
        assertThat(calls.pipeline().counts().failedAttempts(CallOutcome.NEVER_SENT))
                .isEqualTo(1);
    }
}
