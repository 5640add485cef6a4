package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.TestCalls;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AsyncTimeoutRulesTests {

    private final AsyncRemote remote = new AsyncRemote();

    @Test
    void an_attempt_without_an_answer_in_time_is_cancelled_and_fails() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=1");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);

        calls.time.advance(ofMillis(1999));
        assertThat(answer).isNotDone();
        calls.time.advance(ofMillis(1));

        assertThat(failureOf(answer))
                .isInstanceOfSatisfying(
                        AttemptTimeoutException.class,
                        timeout -> assertThat(timeout.getLimit()).isEqualTo(ofSeconds(2)));
        assertThat(remote.attempt()).isCancelled();
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void an_answer_in_time_disarms_the_timeout() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.answers();

        assertThat(answer).isCompletedWithValue("answer");
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void an_answer_that_is_there_at_once_sets_no_alarm() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s");
        CompletableFuture<String> answer =
                calls.remote().executeAsync(() -> CompletableFuture.completedFuture("answer"));

        assertThat(answer).isCompletedWithValue("answer");
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void a_method_that_blocks_beyond_its_time_before_it_returns_is_a_timeout_even_with_a_good_answer() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=1");
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            calls.time.advance(ofSeconds(3));
            return CompletableFuture.completedFuture("late");
        });
        assertThat(failureOf(answer)).isInstanceOf(AttemptTimeoutException.class);
    }

    @Test
    void an_error_in_an_attempt_that_was_late_is_not_hidden() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s");
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            calls.time.advance(ofSeconds(3));
            throw new StackOverflowError();
        });
        assertThat(failureOf(answer)).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void a_timed_out_attempt_is_retried_and_its_late_answer_is_dropped() {
        TestCalls calls = TestCalls.with("idempotent=true", "timeout.per-attempt=2s", "retry.max-attempts=2");
        CompletableFuture<String> first = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        CompletableFuture<String> second = new CompletableFuture<>();
        var attempts = java.util.List.of(first, second).iterator();
        CompletableFuture<String> answer = calls.remote().executeAsync(attempts::next);
        calls.time.advance(ofSeconds(3));

        first.complete("too late");
        assertThat(answer).isNotDone();
        second.complete("answer");

        assertThat(answer).isCompletedWithValue("answer");
        assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @Test
    void the_attempt_timeout_is_the_shorter_of_its_own_and_what_is_left_of_the_deadline() {
        TestCalls calls = TestCalls.with(
                "idempotent=true",
                "timeout.per-attempt=2s",
                "timeout.total=3s",
                "retry.max-attempts=2",
                "retry.backoff.delay=500ms");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(2500));
        assertThat(remote.attempts()).isEqualTo(2);
        calls.time.advance(ofMillis(499));
        assertThat(answer).isNotDone();
        calls.time.advance(ofMillis(1));

        assertThat(failureOf(answer))
                .isInstanceOfSatisfying(
                        AttemptTimeoutException.class,
                        timeout -> assertThat(timeout.getLimit()).isEqualTo(ofMillis(500)));
    }

    @Test
    void a_call_that_the_method_makes_before_it_returns_inherits_the_end_of_the_attempt() {
        TestCalls calls = TestCalls.with(
                "timeout.per-attempt=2s", "retry.max-attempts=1", "resilience.calls.inner.retry.max-attempts=1");
        CompletableFuture<String> answer =
                calls.remote().executeAsync(() -> calls.call("inner").executeAsync(remote));

        calls.time.advance(ofSeconds(2));

        assertThat(failureOf(answer)).isInstanceOf(AttemptTimeoutException.class);
        assertThat(remote.attempt()).isCancelled();
        assertThat(calls.pipeline("inner").circuitBreaker().getMetrics().getNumberOfFailedCalls())
                .as("cut short by what is around it, it says nothing about its remote")
                .isZero();
    }

    @Test
    void a_later_attempt_hands_its_own_end_to_the_calls_that_it_makes() {
        TestCalls calls = TestCalls.with("idempotent=true", "timeout.per-attempt=2s", "retry.max-attempts=2");
        calls.remote().executeAsync(() -> calls.call("inner").executeAsync(remote));
        remote.failsWith(new java.io.IOException());
        calls.time.advance(ofMillis(600));
        CompletableFuture<String> inner = remote.attempt();
        calls.time.advance(ofSeconds(2));

        assertThat(inner).isCancelled();
    }

    @Test
    void the_deadline_of_the_caller_is_found_again_on_the_threads_on_which_the_call_goes_on() {
        TestCalls calls = TestCalls.with("idempotent=true", "timeout.per-attempt=1h", "retry.backoff.delay=1s");
        CallScope ofThread = CallScope.ofThread();
        ofThread.deadline = calls.time.nanoTime() + ofSeconds(10).toNanos();
        CompletableFuture<String> answer;
        try {
            answer = calls.remote().executeAsync(remote);
        } finally {
            ofThread.deadline = CallScope.NO_DEADLINE;
        }
        remote.failsWith(new java.io.IOException());
        calls.time.advance(ofSeconds(2));
        assertThat(remote.attempts()).isEqualTo(2);
        calls.time.advance(ofSeconds(8));

        assertThat(failureOf(answer)).isInstanceOf(DeadlineExceededException.class);
        assertThat(ofThread.deadline).as("nothing stays behind").isEqualTo(CallScope.NO_DEADLINE);
    }

    @Test
    void a_method_that_throws_too_late_is_a_timeout_with_what_it_threw_as_the_cause() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=1");
        IllegalStateException thrown = new IllegalStateException();
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            calls.time.advance(ofSeconds(3));
            throw thrown;
        });
        assertThat(failureOf(answer))
                .isInstanceOf(AttemptTimeoutException.class)
                .hasCause(thrown);
    }

    @Test
    void what_a_fallback_calls_inherits_the_deadline_of_the_caller() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=1h", "retry.max-attempts=1");
        AsyncRemote another = new AsyncRemote();
        CallScope ofThread = CallScope.ofThread();
        ofThread.deadline = calls.time.nanoTime() + ofSeconds(10).toNanos();
        try {
            calls.remote().executeAsync(remote, failure -> calls.call("inner").executeAsync(another));
        } finally {
            ofThread.deadline = CallScope.NO_DEADLINE;
        }
        remote.failsWith(new java.io.IOException());
        assertThat(another.attempt()).isNotDone();
        calls.time.advance(ofSeconds(10));

        assertThat(another.attempt()).isCancelled();
    }

    @Test
    void on_a_worker_the_method_is_started_there_and_interrupted_if_it_does_not_come_back() throws Exception {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "timeout.runs-on=worker", "retry.max-attempts=1");
        var entered = new java.util.concurrent.CountDownLatch(1);
        CompletableFuture<Thread> interrupted = new CompletableFuture<>();
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            entered.countDown();
            try {
                new java.util.concurrent.CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.complete(Thread.currentThread());
            }
            return remote.call();
        });
        entered.await();
        calls.time.advance(ofSeconds(2));

        assertThat(failureOf(answer)).isInstanceOf(AttemptTimeoutException.class);
        assertThat(interrupted.get(10, java.util.concurrent.TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }
}
