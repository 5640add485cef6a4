package io.github.resiliencestarter.call;

import static java.lang.Thread.State.WAITING;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What several attempts at the same time leave behind, and what stands in their way. */
class HedgeRaceTests {

    private final Script script = new Script();
    private final AsyncRemote remote = new AsyncRemote();

    private static String[] properties(String... more) {
        List<String> properties = new ArrayList<>(List.of("hedge.delay=200ms", "retry.enabled=false"));
        properties.addAll(Arrays.asList(more));
        return properties.toArray(String[]::new);
    }

    private static TestCalls calls(String... more) {
        return TestCalls.with(properties(more));
    }

    private CompletableFuture<String> call(TestCalls calls) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                result.complete(calls.remote().execute(script));
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        caller.setDaemon(true);
        caller.start();
        return result;
    }

    private static void pass(TestCalls calls, int millis, int alarms) {
        await().until(() -> calls.time.pending() == alarms);
        calls.time.advance(ofMillis(millis));
    }

    private static String answerOf(CompletableFuture<String> result) throws Exception {
        return result.get(10, TimeUnit.SECONDS);
    }

    /** Where it is looked at, in order to decide what it means, it stops the thread of the caller. */
    private static final class Stopping extends IOException {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public synchronized Throwable getCause() {
            reached.countDown();
            try {
                goOn.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
            return null;
        }
    }

    @Test
    void a_hedge_that_is_due_when_the_whole_call_is_over_is_not_started() throws Exception {
        TestCalls calls = calls("timeout.total=1s", "hedge.max=2");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 2);
        script.awaitStart(1);
        await().until(() -> calls.time.pending() == 3);
        Stopping failure = new Stopping();
        script.fail(1, failure);
        assertThat(failure.reached.await(10, TimeUnit.SECONDS)).isTrue();
        calls.time.advance(ofSeconds(1));
        failure.goOn.countDown();

        assertThat(result)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).hasOnlyElementsOfType(AttemptTimeoutException.class);
        assertThat(calls.pipeline().counts().hedgesStarted()).isEqualTo(1);
        assertThat(calls.pipeline().parts().retryBudget().available())
                .as("the token of one hedge was taken")
                .isEqualTo(99);
    }

    @Test
    void where_there_is_no_thread_for_a_hedge_the_first_attempt_answers_all_the_same() throws Exception {
        TestCalls calls = calls("thread-pool-bulkhead.max-thread-pool-size=1");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        await().until(() -> calls.pipeline().parts().retryBudget().available() == 99);
        script.answer(0, "answer");
        assertThat(answerOf(result)).isEqualTo("answer");
        assertThat(calls.pipeline().counts().hedgesStarted()).isZero();
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(1);
    }

    @Test
    void where_there_is_no_thread_to_start_a_hedge_on_the_first_attempt_answers_all_the_same() throws Exception {
        TestCalls calls = calls("thread-pool-bulkhead.max-thread-pool-size=1");
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<String> result = calls.remote().executeAsync(() -> {
            started.countDown();
            goOn.await();
            return CompletableFuture.completedFuture("answer");
        });
        started.await();
        calls.time.advance(ofMillis(200));
        assertThat(calls.pipeline().counts().hedgesStarted()).isEqualTo(1);
        assertThat(result).isNotDone();
        goOn.countDown();
        assertThat(answerOf(result)).isEqualTo("answer");
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(1);
        assertThat(calls.pipeline().counts().of(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void an_attempt_whose_time_is_up_is_interrupted_though_another_one_still_runs() throws Exception {
        TestCalls calls = calls("timeout.per-attempt=1s");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 2);
        script.awaitStart(1);
        pass(calls, 800, 2);
        script.awaitInterrupt(0);
        assertThat(result).isNotDone();
        script.answer(1, "answer");
        assertThat(answerOf(result)).isEqualTo("answer");
    }

    @Test
    void an_attempt_that_was_never_begun_is_none() throws Exception {
        TestCalls calls = calls("rate-limiter.limit-for-period=1", "rate-limiter.limit-refresh-period=1h");
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        await().until(() -> calls.pipeline().counts().hedgesStarted() == 1);
        script.answer(0, "answer");
        answerOf(result);
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(1);
    }

    @Test
    void observers_see_the_time_of_the_whole_call_and_of_its_longest_attempt() throws Exception {
        List<Long> millis = new CopyOnWriteArrayList<>();
        CallObserver observer = execution -> {
            millis.add(execution.elapsedNanos() / 1_000_000);
            millis.add(execution.longestAttempt() / 1_000_000);
        };
        TestCalls calls = TestCalls.with(List.of((plan, counts) -> observer), properties());
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        Stopping early = new Stopping();
        early.goOn.countDown();
        script.fail(0, early);
        early.reached.await();
        calls.time.advance(ofMillis(150));
        script.answer(1, "answer");
        answerOf(result);
        assertThat(millis).as("the first attempt took 200 ms").containsExactly(350L, 200L);

        millis.clear();
        calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(200));
        remote.attempt(1).completeExceptionally(new IOException());
        calls.time.advance(ofMillis(150));
        remote.attempt(2).complete("answer");
        assertThat(millis).containsExactly(350L, 200L);
    }

    @Test
    void calls_inside_of_an_attempt_are_within_what_is_around_the_call() throws Exception {
        TestCalls calls = calls();
        CallScope.Captured around =
                new CallScope.Captured(calls.time.nanoTime() + ofSeconds(9).toNanos(), RetriesInside.SUPPRESSED);
        try (CallScope.Binding unused = CallScope.bind(around)) {
            assertThat(calls.remote().execute(CallScope::capture)).isEqualTo(around);
        }
    }

    @Test
    void calls_inside_of_an_attempt_have_what_is_left_of_it_or_of_the_whole_call() throws Exception {
        TestCalls limited = calls("timeout.per-attempt=2s");
        assertThat(limited.remote().execute(() -> CallScope.capture().remaining(limited.time)))
                .isEqualTo(ofSeconds(2).toNanos());
        TestCalls total = calls("timeout.total=3s");
        assertThat(total.remote().execute(() -> CallScope.capture().remaining(total.time)))
                .isEqualTo(ofSeconds(3).toNanos());
    }

    @Test
    void a_thread_forgets_what_its_attempt_was_within() throws Exception {
        TestCalls calls = calls("thread-pool-bulkhead.max-thread-pool-size=1", "timeout.per-attempt=2s");
        calls.remote().execute(() -> "answer");
        var pool = CallParts.required(calls.pipeline().parts().threadPool());
        await().until(() -> pool.getMetrics().getActiveThreadCount() == 0);
        assertThat(pool.submit(CallScope::capture).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isSameAs(CallScope.Captured.NONE);
    }

    @Test
    void a_decorator_stands_around_each_of_the_attempts() throws Exception {
        List<String> decorated = new CopyOnWriteArrayList<>();
        AttemptDecorator decorator = (name, attempt) -> {
            decorated.add(name);
            return attempt;
        };
        TestCalls calls = TestCalls.with(decorator, properties());
        CompletableFuture<String> result = call(calls);
        script.awaitStart(0);
        pass(calls, 200, 1);
        script.awaitStart(1);
        script.answer(1, "answer");
        answerOf(result);
        assertThat(decorated).hasSize(2);

        calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(200));
        assertThat(remote.attempts()).isEqualTo(2);
        assertThat(decorated).hasSize(4);
    }

    /** The hedge answers 100 ms after it was started, when the first attempt has taken 300 ms. */
    @Test
    void latencies_are_those_of_winners_and_of_losers_up_to_when_they_were_cancelled() throws Exception {
        TestCalls calls = calls("timeout.adaptive.max=1m");
        AtomicInteger attempts = new AtomicInteger();
        Thread caller = Thread.currentThread();
        CyclicBarrier loserIsOver = new CyclicBarrier(2);
        for (int i = 0; i < 50; i++) {
            calls.remote().execute(() -> {
                if (attempts.getAndIncrement() % 2 == 1) {
                    calls.time.advance(ofMillis(100));
                    return "answer";
                }
                // By then it has set the alarm for the hedge.
                await().pollDelay(ZERO).pollInterval(ofMillis(1)).until(() -> caller.getState() == WAITING);
                calls.time.advance(ofMillis(200));
                try {
                    new CountDownLatch(1).await();
                } finally {
                    loserIsOver.await(10, TimeUnit.SECONDS);
                }
                return "never";
            });
            loserIsOver.await(10, TimeUnit.SECONDS);
        }
        assertThatHalfOfThemTook100AndHalf300(calls);
    }

    @Test
    void latencies_of_methods_that_answer_later_are_the_same() {
        TestCalls calls = calls("timeout.adaptive.max=1m");
        for (int i = 0; i < 50; i++) {
            calls.remote().executeAsync(remote);
            calls.time.advance(ofMillis(300));
            remote.answers();
        }
        assertThatHalfOfThemTook100AndHalf300(calls);
    }

    private static void assertThatHalfOfThemTook100AndHalf300(TestCalls calls) {
        RecentLatencies latencies = CallParts.required(calls.pipeline().parts().latencies());
        RecentLatencies.Quantile lower = latencies.quantile(0.45);
        RecentLatencies.Quantile upper = latencies.quantile(0.55);
        calls.time.advance(ofSeconds(1));
        latencies.record(ofMillis(100).toNanos(), calls.time.nanoTime());
        calls.time.advance(ofSeconds(1));
        assertThat(lower.nanos()).isEqualTo(ofMillis(100).toNanos());
        assertThat(upper.nanos()).isEqualTo(ofMillis(300).toNanos());
    }
}
