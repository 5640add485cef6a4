package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTests {

    private final AsyncRemote remote = new AsyncRemote();
    private final List<FailureReason> reasons = new ArrayList<>();
    private final TestCalls calls = TestCalls.with(
            List.of((plan, counts) -> execution -> reasons.add(execution.reason())),
            "idempotent=true",
            "bulkhead.max-concurrent-calls=1",
            "timeout.per-attempt=2s",
            "retry.max-attempts=3");

    @Test
    void the_caller_cancels_the_running_attempt_and_gets_everything_back() {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote, failure -> remote.call());

        assertThat(answer.cancel(true)).isTrue();

        assertThat(answer).isCancelled();
        assertThat(remote.attempt()).isCancelled();
        assertThat(remote.attempts()).as("neither retry nor fallback").isEqualTo(1);
        assertThat(reasons).containsExactly(FailureReason.CANCELLED);
        assertEverythingIsBack();
    }

    @Test
    void a_method_that_returns_its_value_and_throws_a_cancellation_has_failed() {
        AtomicInteger attempts = new AtomicInteger();
        String answer = calls.remote()
                .execute(
                        () -> {
                            attempts.incrementAndGet();
                            throw new CancellationException("its client has given up");
                        },
                        failure -> "fallback");

        assertThat(answer).isEqualTo("fallback");
        assertThat(attempts).as("tried again").hasValue(3);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_call_that_backs_off_is_cancelled_too() {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.failsWith(new IOException());
        answer.cancel(true);
        calls.time.advance(ofMinutes(1));

        assertThat(remote.attempts()).isEqualTo(1);
        assertEverythingIsBack();
    }

    @Test
    void a_fallback_that_is_waited_for_is_cancelled_too() {
        AsyncRemote second = new AsyncRemote();
        CompletableFuture<String> answer = calls.remote().executeAsync(remote, failure -> second.call());
        remote.failsWith(new UnsupportedOperationException());
        answer.cancel(true);

        assertThat(second.attempt()).isCancelled();
        assertThat(calls.pipeline().counts().of(Outcome.CANCELLED)).isEqualTo(1);
        assertThat(calls.pipeline().counts().of(Outcome.FALLBACK)).isZero();
    }

    @Test
    void what_somebody_else_cancels_inside_is_cancelled_for_the_caller_and_not_retried() {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote, failure -> remote.call());
        remote.attempt().cancel(true);

        assertThat(answer).isCancelled();
        assertThat(remote.attempts()).isEqualTo(1);
        assertEverythingIsBack();
    }

    @Test
    void whoever_completes_the_future_by_hand_or_by_or_timeout_gives_up_the_call() {
        CompletableFuture<String> byHand = calls.remote().executeAsync(remote);
        byHand.complete("mine");
        assertThat(remote.attempt()).isCancelled();
        assertThat(byHand).isCompletedWithValue("mine");
        assertEverythingIsBack();

        CompletableFuture<String> byException = calls.remote().executeAsync(remote);
        byException.completeExceptionally(new TimeoutException());
        assertThat(remote.attempt()).isCancelled();
        assertThat(failureOf(byException)).isInstanceOf(TimeoutException.class);

        CompletableFuture<String> elsewhere = calls.remote().executeAsync(remote);
        elsewhere.completeAsync(() -> "mine", Runnable::run);
        assertThat(remote.attempt()).isCancelled();
        assertThat(elsewhere).isCompletedWithValue("mine");
    }

    @Test
    void a_call_that_has_ended_cannot_be_cancelled() {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.answers();

        assertThat(answer.cancel(true)).isFalse();
        assertThat(answer).isCompletedWithValue("answer");
        assertThat(reasons).containsExactly((FailureReason) null);
    }

    @Test
    void a_cancellation_comes_too_late_once_the_result_stands_though_the_caller_has_not_got_it_yet() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        List<Boolean> cancelled = new ArrayList<>();
        TestCalls observed = TestCalls.with(List.of(
                (plan, counts) -> execution -> cancelled.add(answers.get(0).cancel(true))));
        answers.add(observed.remote().executeAsync(remote));
        remote.answers();

        assertThat(cancelled).containsExactly(false);
        assertThat(answers.get(0)).isCompletedWithValue("answer");
        assertThat(observed.pipeline().counts().of(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void a_call_that_is_cancelled_while_a_method_is_being_started_cancels_what_that_returns() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<String> attempt = new CompletableFuture<>();
        CompletableFuture<String> first = new CompletableFuture<>();
        List<CompletableFuture<String>> attempts = new ArrayList<>(List.of(first, attempt));
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            if (attempts.size() == 1) {
                starting.countDown();
                cancelled.await();
            }
            return attempts.remove(0);
        });
        first.completeExceptionally(new IOException());
        var thread = Executors.newSingleThreadExecutor();
        try {
            var retry = thread.submit(() -> calls.time.advance(ofSeconds(1)));
            starting.await();
            answer.cancel(true);
            cancelled.countDown();
            retry.get(10, TimeUnit.SECONDS);
        } finally {
            thread.shutdown();
        }

        assertThat(attempt).isCancelled();
        assertThat(answer).isCancelled();
        assertEverythingIsBack();
    }

    @Test
    void an_answer_that_races_with_a_cancellation_counts_as_cancelled_if_that_came_first() {
        CompletableFuture<CompletableFuture<String>> ofCaller = new CompletableFuture<>();
        CompletableFuture<String> answer = calls.remote().executeAsync(remote, failure -> {
            ofCaller.join().cancel(true);
            return CompletableFuture.completedFuture("too late");
        });
        ofCaller.complete(answer);
        remote.failsWith(new UnsupportedOperationException());

        assertThat(answer).isCancelled();
        assertThat(calls.pipeline().counts().of(Outcome.CANCELLED)).isEqualTo(1);
        assertThat(calls.pipeline().counts().of(Outcome.FALLBACK)).isZero();
    }

    @Test
    void the_exception_names_the_call() {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        answer.cancel(true);
        assertThat(failureOf(answer)).isInstanceOf(CancellationException.class).hasMessageContaining("'remote'");
    }

    private void assertEverythingIsBack() {
        assertThat(calls.time.pending()).as("alarms").isZero();
        assertThat(calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .as("slots")
                .isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls())
                .as("recorded by the breaker")
                .isZero();
        assertThat(calls.pipeline().counts().of(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void an_attempt_that_does_not_let_itself_be_cancelled_does_not_hold_up_its_call() {
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                throw new UnsupportedOperationException();
            }
        };
        TestCalls calls =
                TestCalls.with("timeout.per-attempt=2s", "retry.enabled=false", "bulkhead.max-concurrent-calls=2");
        CompletableFuture<String> timedOut = calls.remote().executeAsync(() -> stubborn);
        calls.time.advance(ofSeconds(2));
        CompletableFuture<String> cancelled = calls.remote().executeAsync(() -> stubborn);
        cancelled.cancel(true);

        assertThat(failureOf(timedOut)).isInstanceOf(AttemptTimeoutException.class);
        assertThat(cancelled).isCancelled();
        assertThat(calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(2);
    }
}
