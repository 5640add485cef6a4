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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What keeps a call from being hedged, and what holds for each of its attempts. */
class HedgeLimitsTests {

    @Test
    void a_trial_of_a_half_open_circuit_is_never_hedged() throws Exception {
        TestCalls calls = HedgedCall.calls();
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        long alarmsOfTheBreaker = calls.time.pending();
        HedgedCall call = HedgedCall.begun(calls);
        call.awaitWaitingCaller();
        assertThat(calls.time.pending()).isEqualTo(alarmsOfTheBreaker);
        call.script.answer(0, "of the trial");
        assertThat(call.answer()).isEqualTo("of the trial");
    }

    @Test
    void no_hedge_is_started_once_the_circuit_has_opened() throws Exception {
        HedgedCall call = HedgedCall.begun();
        call.awaitAlarm();
        call.calls.breaker().transitionToForcedOpenState();
        call.calls.time.advance(ofMillis(200));
        call.script.answer(0, "answer");
        assertThat(call.answer()).isEqualTo("answer");
        assertThat(call.script.attempts()).isEqualTo(1);
    }

    @Test
    void a_call_that_nobody_says_is_idempotent_is_not_hedged() throws Exception {
        HedgedCall call = HedgedCall.begun("resilience.defaults.idempotent=");
        call.awaitWaitingCaller();
        assertThat(call.calls.time.pending()).isZero();
        call.script.answer(0, "answer");
        assertThat(call.answer()).isEqualTo("answer");
    }

    @Test
    void a_hedge_takes_a_token_of_the_retry_budget_and_without_one_there_is_none() throws Exception {
        TestCalls calls =
                HedgedCall.calls("retry-budget.ratio=0", "retry-budget.min-per-second=1", "retry-budget.window=1s");
        assertThat(calls.pipeline().parts().retryBudget().tryAcquire()).isTrue();
        HedgedCall call = HedgedCall.begun(calls);
        call.pass(200);
        call.script.answer(0, "answer");
        assertThat(call.answer()).isEqualTo("answer");
        assertThat(call.script.attempts()).isEqualTo(1);
        assertThat(call.counts().hedgesStarted()).isZero();
    }

    @Test
    void each_hedge_costs_one_token() throws Exception {
        HedgedCall call =
                HedgedCall.hedged("retry-budget.ratio=0", "retry-budget.min-per-second=5", "retry-budget.window=1s");
        call.script.answer(0, "answer");
        call.answer();
        assertThat(call.calls.pipeline().parts().retryBudget().available()).isEqualTo(4);
    }

    @Test
    void each_attempt_takes_a_permit_of_the_rate_limiter_and_a_hedge_without_one_is_none() throws Exception {
        HedgedCall call = HedgedCall.begun("rate-limiter.limit-for-period=1", "rate-limiter.limit-refresh-period=1h");
        call.pass(200);
        call.awaitHedges(1);
        IOException original = new IOException();
        call.script.fail(0, original);
        assertThat(call.failure()).as("not the rejection of the hedge").isSameAs(original);
        assertThat(call.script.attempts()).isEqualTo(1);
    }

    @Test
    void the_breaker_is_told_of_the_longest_attempt_also_if_it_was_cancelled() throws Exception {
        HedgedCall call = HedgedCall.hedged("circuit-breaker.slow-call-duration-threshold=1s");
        call.awaitHedges(1);
        call.calls.time.advance(ofSeconds(2));
        call.script.answer(1, "answer");
        call.answer();
        assertThat(call.calls.breaker().getMetrics().getNumberOfSlowCalls()).isEqualTo(1);
    }

    @Test
    void each_attempt_has_a_timeout_of_its_own_even_if_its_code_ignores_interrupts() throws Exception {
        TestCalls calls = HedgedCall.calls("timeout.per-attempt=1s");
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

    /** Lets time go on once that many alarms have been set. */
    private static void pass(TestCalls calls, long millis, int alarms) {
        await().until(() -> calls.time.pending() == alarms);
        calls.time.advance(ofMillis(millis));
    }

    @Test
    void thousands_of_hedged_calls_leave_nothing_behind() throws Exception {
        TestCalls calls = HedgedCall.calls(
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
