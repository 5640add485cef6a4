package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HedgeTests {

    private final Script script = new Script();
    private volatile Thread caller;

    private static TestCalls calls(String... more) {
        List<String> properties = new ArrayList<>(List.of("hedge.delay=200ms", "idempotent=true"));
        if (Arrays.stream(more).noneMatch(each -> each.startsWith("retry."))) {
            properties.add("retry.enabled=false");
        }
        properties.addAll(Arrays.asList(more));
        return TestCalls.with(properties.toArray(String[]::new));
    }

    private CompletableFuture<String> call(TestCalls calls) {
        CompletableFuture<String> result = new CompletableFuture<>();
        caller = new Thread(() -> {
            try {
                result.complete(calls.remote().execute(script));
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        caller.start();
        return result;
    }

    /** Lets the hedge be due, once everything that was started before has set its alarm. */
    private static void pass(TestCalls calls, long millis, int alarms) {
        await().until(() -> calls.time.pending() == alarms);
        calls.time.advance(ofMillis(millis));
    }

    /** By then it has set the alarm for the hedge, if there is to be one. */
    private void awaitWaitingCaller() {
        await().until(() -> caller.getState() == Thread.State.WAITING);
    }

    private static Throwable failureOf(CompletableFuture<?> result) throws InterruptedException {
        try {
            throw new AssertionError("It returned " + result.get());
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    @Test
    void where_the_first_attempt_takes_long_another_one_is_started_and_the_first_answer_wins() throws Exception {
        TestCalls calls = calls();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.answer(1, "of the hedge");

        assertThat(result.get()).isEqualTo("of the hedge");
        script.awaitInterrupt(0);
        assertThat(calls.pipeline().counts().hedgesStarted()).isEqualTo(1);
        assertThat(calls.pipeline().counts().hedgesWon()).isEqualTo(1);
        assertThat(calls.pipeline().counts().of(Outcome.RECOVERED)).isEqualTo(1);
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(2);
    }

    @Test
    void an_answer_before_the_delay_starts_no_other_attempt() throws Exception {
        TestCalls calls = calls();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 199, 1);
        script.answer(0, "in time");

        assertThat(result.get()).isEqualTo("in time");
        assertThat(calls.time.pending()).isZero();
        assertThat(script.attempts()).isEqualTo(1);
        assertThat(calls.pipeline().counts().of(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void where_the_first_attempt_wins_the_hedge_is_cancelled_and_the_call_has_simply_succeeded() throws Exception {
        TestCalls calls = calls();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.answer(0, "of the first");

        assertThat(result.get()).isEqualTo("of the first");
        script.awaitInterrupt(1);
        assertThat(calls.pipeline().counts().of(Outcome.SUCCESS)).isEqualTo(1);
        assertThat(calls.pipeline().counts().hedgesWon()).isZero();
    }

    @Test
    void a_failure_waits_for_the_other_attempt() throws Exception {
        TestCalls calls = calls();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.fail(0, new IOException());
        script.answer(1, "of the hedge");
        assertThat(result.get()).isEqualTo("of the hedge");
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void where_all_fail_the_first_failure_is_thrown_and_has_the_other_suppressed() throws Exception {
        TestCalls calls = calls();
        IOException ofHedge = new IOException("hedge");
        IOException ofFirst = new IOException("first");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.fail(1, ofHedge);
        await().until(() -> calls.pipeline().counts().hedgesStarted() == 1);
        script.fail(0, ofFirst);

        Throwable thrown = failureOf(result);
        assertThat(List.of(ofHedge, ofFirst)).contains((IOException) thrown);
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls())
                .as("one call, one failure")
                .isEqualTo(1);
    }

    @Test
    void a_failure_before_the_delay_is_a_matter_of_retry() throws Exception {
        TestCalls calls = calls("retry.max-attempts=2", "retry.backoff.delay=50ms");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        script.fail(0, new IOException());
        script.awaitStart(1);
        script.answer(1, "of the retry");
        assertThat(result.get()).isEqualTo("of the retry");
        assertThat(calls.time.sleeps()).containsExactly(ofMillis(50));
        assertThat(calls.pipeline().counts().hedgesStarted()).isZero();
    }

    @Test
    void a_hedge_does_not_use_up_a_retry() throws Exception {
        TestCalls calls = calls("retry.max-attempts=2", "retry.backoff.delay=50ms");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.fail(0, new IOException());
        script.fail(1, new IOException());
        script.awaitStart(2);
        script.answer(2, "of the retry");
        assertThat(result.get()).isEqualTo("of the retry");
    }

    @Test
    void a_business_exception_is_an_answer_and_wins() throws Exception {
        TestCalls calls = calls("business-exceptions=java.util.NoSuchElementException");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.fail(1, new NoSuchElementException());
        assertThat(failureOf(result)).isInstanceOf(NoSuchElementException.class);
        script.awaitInterrupt(0);
    }

    @Test
    void an_error_is_not_waited_with() throws Exception {
        TestCalls calls = calls();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.fail(1, new StackOverflowError());
        assertThat(failureOf(result)).isInstanceOf(StackOverflowError.class);
        script.awaitInterrupt(0);
    }

    @Test
    void as_many_hedges_are_started_as_max_each_after_another_delay() throws Exception {
        TestCalls calls = calls("hedge.max=2");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        pass(calls, 200, 1);
        script.awaitStart(2);
        await().until(() -> calls.pipeline().counts().hedgesStarted() == 2);
        assertThat(calls.time.pending()).as("no third one").isZero();
        script.answer(2, "of the second hedge");
        assertThat(result.get()).isEqualTo("of the second hedge");
        script.awaitInterrupt(0);
        script.awaitInterrupt(1);
    }

    @Test
    void a_trial_of_a_half_open_circuit_is_never_hedged() throws Exception {
        TestCalls calls = calls();
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        long alarmsOfTheBreaker = calls.time.pending();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        awaitWaitingCaller();
        assertThat(calls.time.pending()).isEqualTo(alarmsOfTheBreaker);
        script.answer(0, "of the trial");
        assertThat(result.get()).isEqualTo("of the trial");
    }

    @Test
    void no_hedge_is_started_once_the_circuit_has_opened() throws Exception {
        TestCalls calls = calls();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        await().until(() -> calls.time.pending() == 1);
        calls.breaker().transitionToForcedOpenState();
        calls.time.advance(ofMillis(200));
        script.answer(0, "answer");
        assertThat(result.get()).isEqualTo("answer");
        assertThat(script.attempts()).isEqualTo(1);
    }

    @Test
    void a_hedge_takes_a_token_of_the_retry_budget_and_without_one_there_is_none() throws Exception {
        TestCalls calls = calls("retry-budget.ratio=0", "retry-budget.min-per-second=1", "retry-budget.window=1s");
        assertThat(calls.pipeline().parts().retryBudget().tryAcquire()).isTrue();
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.answer(0, "answer");
        assertThat(result.get()).isEqualTo("answer");
        assertThat(script.attempts()).isEqualTo(1);
        assertThat(calls.pipeline().counts().hedgesStarted()).isZero();
    }

    @Test
    void each_hedge_costs_one_token() throws Exception {
        TestCalls calls = calls("retry-budget.ratio=0", "retry-budget.min-per-second=5", "retry-budget.window=1s");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.answer(0, "answer");
        result.get();
        assertThat(calls.pipeline().parts().retryBudget().available()).isEqualTo(4);
    }

    @Test
    void each_attempt_takes_a_permit_of_the_rate_limiter_and_a_hedge_without_one_is_none() throws Exception {
        TestCalls calls = calls("rate-limiter.limit-for-period=1", "rate-limiter.limit-refresh-period=1h");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        await().until(() -> calls.pipeline().counts().hedgesStarted() == 1);
        IOException original = new IOException();
        script.fail(0, original);
        assertThat(failureOf(result)).as("not the rejection of the hedge").isSameAs(original);
        assertThat(script.attempts()).isEqualTo(1);
    }

    @Test
    void each_attempt_has_a_timeout_of_its_own_even_if_its_code_ignores_interrupts() throws Exception {
        TestCalls calls = calls("timeout.per-attempt=1s");
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Throwable> result =
                CompletableFuture.supplyAsync(() -> fails(() -> calls.remote().run(() -> {
                    boolean ended = false;
                    while (!ended) {
                        try {
                            end.await();
                            ended = true;
                        } catch (InterruptedException ignored) {
                            // as some clients do
                        }
                    }
                })));
        pass(calls, 200, 2);
        pass(calls, 800, 2);
        pass(calls, 200, 1);
        assertThat(result.get()).isInstanceOf(AttemptTimeoutException.class);
        assertThat(result.get().getSuppressed()).hasSize(1);
        end.countDown();
    }

    @Test
    void the_breaker_is_told_of_the_longest_attempt_also_if_it_was_cancelled() throws Exception {
        TestCalls calls = calls("circuit-breaker.slow-call-duration-threshold=1s");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        await().until(() -> calls.pipeline().counts().hedgesStarted() == 1);
        calls.time.advance(ofSeconds(2));
        script.answer(1, "answer");
        result.get();
        assertThat(calls.breaker().getMetrics().getNumberOfSlowCalls()).isEqualTo(1);
    }

    @Test
    void an_interrupt_of_the_caller_cancels_all_attempts() throws Exception {
        TestCalls calls = calls();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            thrown.set(fails(() -> calls.remote().execute(script)));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        caller.interrupt();
        script.awaitInterrupt(0);
        script.awaitInterrupt(1);
        caller.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(flag).hasValue(true);
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void a_call_that_nobody_says_is_idempotent_is_not_hedged() throws Exception {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "resilience.defaults.idempotent=");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        awaitWaitingCaller();
        assertThat(calls.time.pending()).isZero();
        script.answer(0, "answer");
        assertThat(result.get()).isEqualTo("answer");
    }

    @Test
    void a_quantile_hedges_only_when_enough_is_known_and_then_after_it() throws Exception {
        TestCalls calls = TestCalls.with(
                "hedge.delay=p90",
                "idempotent=true",
                "retry.enabled=false",
                "thread-pool-bulkhead.max-thread-pool-size=64");
        for (int i = 1; i <= 200; i++) {
            int millis = i;
            calls.remote().run(() -> calls.time.advance(ofMillis(millis)));
        }
        calls.time.advance(ofSeconds(1));
        assertThat(calls.pipeline().counts().hedgesStarted())
                .as("not before it is known")
                .isLessThan(200);
        long before = calls.pipeline().counts().hedgesStarted();

        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        await().until(() -> calls.time.pending() >= 1);
        calls.time.advance(ofMillis(150));
        assertThat(script.attempts()).isEqualTo(1);
        calls.time.advance(ofMillis(60));
        script.awaitStart(1);
        script.answer(1, "answer");
        result.get();
        assertThat(calls.pipeline().counts().hedgesStarted()).isEqualTo(before + 1);
    }

    @Test
    void thousands_of_hedged_calls_leave_nothing_behind() throws Exception {
        TestCalls calls = calls(
                "hedge.delay=1ms",
                "circuit-breaker.enabled=false",
                "bulkhead.max-concurrent-calls=10",
                "timeout.per-attempt=5s",
                "retry-budget.min-per-second=1000");
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread caller = new Thread(() -> {
                for (int n = 0; n < 2_000; n++) {
                    try {
                        calls.remote().run(() -> {
                            int dice = ThreadLocalRandom.current().nextInt(4);
                            if (dice == 0) {
                                calls.time.advance(ofMillis(2));
                                Thread.yield();
                            }
                            if (dice == 1) {
                                throw new IOException();
                            }
                        });
                    } catch (Exception expected) {
                        // a failure, or no worker: an attempt that lost may still have one
                    }
                }
            });
            callers.add(caller);
            caller.start();
        }
        for (Thread each : callers) {
            each.join();
        }
        CallCounts counts = calls.pipeline().counts();
        assertThat(counts.hedgesStarted()).isPositive();
        assertThat(calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(10);
        await().untilAsserted(
                        () -> assertThat(calls.remote().execute(() -> "answer")).isEqualTo("answer"));
        await().untilAsserted(() -> assertThat(calls.time.pending()).isZero());
    }
}
