package io.github.resiliencestarter.call;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller who gives up at the very moment at which an attempt, or its alarm, is to begin: each moment is stopped at. */
class AsyncHedgeRaceTests {

    private final AsyncRemote remote = new AsyncRemote();
    private final List<CompletableFuture<String>> answers = new ArrayList<>();

    private void giveUp() {
        answers.forEach(each -> each.cancel(true));
    }

    private void assertThatNothingIsLeft(TestCalls calls, int attempts) {
        assertThat(answers).allMatch(CompletableFuture::isCancelled);
        assertThat(remote.attempts()).isEqualTo(attempts);
        for (int number = 1; number <= attempts; number++) {
            assertThat(remote.attempt(number)).as("attempt %d", number).isCancelled();
        }
        assertThat(calls.time.pending()).as("alarms").isZero();
        assertThat(calls.pipeline().counts().of(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void between_two_attempts_no_other_one_is_begun() {
        CallObserver observer = new CallObserver() {
            @Override
            public void completed(Execution execution) {}

            @Override
            public void retrying(Execution execution, Throwable failure, long delayMillis) {
                giveUp();
            }
        };
        TestCalls calls =
                TestCalls.with(List.of((plan, counts) -> observer), "hedge.delay=200ms", "retry.backoff.delay=0");
        answers.add(calls.remote().executeAsync(remote));
        remote.failsWith(new IOException());

        assertThat(answers.get(0)).isCancelled();
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void before_the_first_attempt_none_is_begun() {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "retry.enabled=false");
        AsyncExecution call = execution(calls, () -> {});
        call.cancel();
        call.start();
        assertThatNothingIsLeft(calls, 0);
    }

    @Test
    void while_it_is_decided_when_to_hedge_no_alarm_is_set() {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "retry.enabled=false", "resilience.defaults.idempotent=");
        AsyncExecution[] call = new AsyncExecution[1];
        call[0] = execution(calls, () -> call[0].cancel());
        call[0].start();
        assertThatNothingIsLeft(calls, 1);
    }

    /** @param asked when it is asked whether it may be made twice */
    private AsyncExecution execution(TestCalls calls, Runnable asked) {
        Execution method = new Execution() {
            @Override
            public String call() {
                return "remote";
            }

            @Override
            protected Object attempt() {
                return remote.call();
            }

            @Override
            protected boolean isDeclaredIdempotent() {
                asked.run();
                return true;
            }
        };
        CompletableFuture<String> told = new CompletableFuture<>();
        answers.add(told);
        return new AsyncExecution(calls.pipeline(), method, FutureAdapter.INSTANCE, new Receiver() {
            @Override
            public void returned(Object value) {
                told.complete((String) value);
            }

            @Override
            public void threw(Throwable failure) {
                told.completeExceptionally(failure);
            }
        });
    }

    /** On a thread of its own, for who waits for an alarm that waits for him does so without end and hears no interrupt. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_hedge_that_answers_at_once_ends_the_call_while_its_own_alarm_still_rings() {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "retry.enabled=false");
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            CompletableFuture<String> attempt = remote.call();
            return remote.attempts() == 1 ? attempt : CompletableFuture.completedFuture("at once");
        });
        calls.time.advance(ofMillis(200));
        assertThat(answer).isCompletedWithValue("at once");
        assertThat(remote.attempt(1)).isCancelled();
    }

    @Test
    void an_attempt_that_has_failed_before_another_one_answers_leaves_no_latency() {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "retry.enabled=false", "timeout.adaptive.max=1m");
        for (int i = 0; i < 100; i++) {
            calls.remote().executeAsync(remote);
            calls.time.advance(ofMillis(300));
            remote.attempt(remote.attempts() - 1).completeExceptionally(new IOException());
            calls.time.advance(ofMillis(50));
            remote.answers();
        }
        RecentLatencies.Quantile longest =
                CallParts.required(calls.pipeline().parts().latencies()).quantile(0.99);
        refresh(calls);
        assertThat(longest.nanos()).isEqualTo(ofMillis(150).toNanos());
    }

    private static void refresh(TestCalls calls) {
        calls.time.advance(ofSeconds(1));
        CallParts.required(calls.pipeline().parts().latencies())
                .record(ofMillis(150).toNanos(), calls.time.nanoTime());
        calls.time.advance(ofSeconds(1));
    }

    @Test
    void a_caller_who_gives_up_ends_the_wait_for_the_next_hedge_too() {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "hedge.max=3", "retry.enabled=false");
        answers.add(calls.remote().executeAsync(remote));
        calls.time.advance(ofMillis(200));
        giveUp();
        assertThatNothingIsLeft(calls, 2);
    }

    @Test
    void of_two_answers_the_first_is_heard_though_the_other_attempt_ignores_its_cancellation() {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "retry.enabled=false");
        List<CompletableFuture<String>> deaf = new ArrayList<>();
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            CompletableFuture<String> attempt = new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    return false;
                }
            };
            deaf.add(attempt);
            return attempt;
        });
        calls.time.advance(ofMillis(200));
        deaf.get(1).complete("first");
        deaf.get(0).complete("second");
        assertThat(answer).isCompletedWithValue("first");
        CallCounts counts = calls.pipeline().counts();
        assertThat(counts.of(Outcome.RECOVERED)).isEqualTo(1);
        assertThat(counts.of(Outcome.SUCCESS)).isZero();
        assertThat(counts.hedgesWon()).isEqualTo(1);
    }
}
