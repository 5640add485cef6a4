package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.LastKnownGood;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The rules of {@link LastKnownGoodTests} where the answer comes later. */
class AsyncLastKnownGoodTests {

    private final AsyncRemote remote = new AsyncRemote();

    private static TestCalls calls(String... more) {
        List<String> properties = new ArrayList<>(Arrays.asList(more));
        properties.add("last-known-good.max-stale=10m");
        properties.add("retry.enabled=false");
        return TestCalls.with(properties.toArray(String[]::new));
    }

    private CompletableFuture<String> euro(TestCalls calls) {
        return calls.remote().keyedBy("EUR").executeAsync(remote);
    }

    private TestCalls callsThatKnow(String answer, String... more) {
        TestCalls calls = calls(more);
        CompletableFuture<String> first = euro(calls);
        remote.attempt().complete(answer);
        assertThat(first).isCompletedWithValue(answer);
        return calls;
    }

    @Test
    void the_last_success_with_the_same_key_answers_a_failure() {
        TestCalls calls = callsThatKnow("1.08");
        CompletableFuture<String> dollar = calls.remote().keyedBy("USD").executeAsync(remote);
        remote.attempt().complete("1.00");

        CompletableFuture<String> answer = euro(calls);
        assertThat(answer).as("the remote is asked first").isNotDone();
        remote.failsWith(new IOException());

        assertThat(dollar).isCompletedWithValue("1.00");
        assertThat(answer).isCompletedWithValue("1.08");
        assertThat(calls.pipeline().counts().of(Outcome.FALLBACK)).isEqualTo(1);
        assertThat(calls.pipeline().counts().staleAnswers()).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void the_latest_answer_is_the_one_that_is_known_not_that_of_the_latest_call() {
        TestCalls calls = calls();
        euro(calls);
        euro(calls);
        remote.attempt(2).complete("early");
        remote.attempt(1).complete("late");
        CompletableFuture<String> answer = euro(calls);
        remote.failsWith(new IOException());
        assertThat(answer).isCompletedWithValue("late");
    }

    @Test
    void what_is_wrapped_by_a_stage_is_a_failure_too() {
        TestCalls calls = callsThatKnow("1.08");
        CompletableFuture<String> answer = euro(calls);
        remote.failsWith(new CompletionException(new IOException()));
        assertThat(answer).isCompletedWithValue("1.08");
    }

    @Test
    void a_method_that_throws_at_once_and_one_that_returns_no_future_are_answered_too() {
        TestCalls calls = callsThatKnow("1.08");
        assertThat(calls.remote().keyedBy("EUR").<String>executeAsync(() -> {
                    throw new IOException();
                }))
                .isCompletedWithValue("1.08");
        assertThat(calls.remote().keyedBy("EUR").<String>executeAsync(() -> null))
                .isCompletedWithValue("1.08");
    }

    @Test
    void it_answers_in_time_for_an_attempt_that_hangs() {
        TestCalls calls = callsThatKnow("1.08", "timeout.per-attempt=2s");
        CompletableFuture<String> answer = euro(calls);
        calls.time.advance(ofSeconds(2));
        assertThat(answer).isCompletedWithValue("1.08");
        assertThat(remote.attempt()).isCancelled();
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void an_answer_after_the_timeout_is_neither_given_nor_remembered() {
        TestCalls calls = callsThatKnow("1.08", "timeout.per-attempt=2s");
        CompletableFuture<String> hanging = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        calls.remote().keyedBy("EUR").executeAsync(() -> hanging);
        calls.time.advance(ofSeconds(2));
        hanging.complete("too late");
        CompletableFuture<String> answer = euro(calls);
        remote.failsWith(new IOException());
        assertThat(answer).isCompletedWithValue("1.08");
    }

    @Test
    void what_a_circuit_rejects_is_answered_without_an_attempt() {
        TestCalls calls = callsThatKnow("1.08");
        calls.breaker().transitionToOpenState();
        assertThat(euro(calls)).isCompletedWithValue("1.08");
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void a_caller_that_gives_up_gets_no_answer() {
        TestCalls calls = callsThatKnow("1.08");
        CompletableFuture<String> answer = euro(calls);
        answer.cancel(true);
        assertThat(answer).isCancelled();
        assertThat(remote.attempt()).isCancelled();
        assertThat(calls.pipeline().counts().staleAnswers()).isZero();
        assertThat(calls.pipeline().counts().of(Outcome.CANCELLED)).isEqualTo(1);
        assertThat(calls.pipeline().counts().of(Outcome.FALLBACK)).isZero();
    }

    @Test
    void what_somebody_else_has_cancelled_is_not_answered_and_stays_known() {
        TestCalls calls = callsThatKnow("1.08");
        CompletableFuture<String> cancelled = euro(calls);
        remote.attempt().cancel(true);
        assertThat(cancelled).isCancelled();
        assertThat(calls.pipeline().counts().staleAnswers()).isZero();

        CompletableFuture<String> answer = euro(calls);
        remote.failsWith(new IOException());
        assertThat(answer).isCompletedWithValue("1.08");
    }

    @Test
    void it_does_not_answer_for_an_error_or_an_interruption() {
        TestCalls calls = callsThatKnow("1.08");
        CompletableFuture<String> error = euro(calls);
        remote.failsWith(new StackOverflowError());
        assertThat(failureOf(error)).isInstanceOf(StackOverflowError.class);
        CompletableFuture<String> interrupted = euro(calls);
        remote.failsWith(new InterruptedException());
        assertThat(failureOf(interrupted)).isInstanceOf(InterruptedException.class);
        assertThat(calls.pipeline().counts().staleAnswers()).isZero();
    }

    @Test
    void a_business_exception_is_a_newer_answer() {
        TestCalls calls = callsThatKnow("1.08", "business-exceptions=java.util.NoSuchElementException");
        CompletableFuture<String> gone = euro(calls);
        remote.failsWith(new NoSuchElementException());
        assertThat(failureOf(gone)).isInstanceOf(NoSuchElementException.class);
        CompletableFuture<String> answer = euro(calls);
        remote.failsWith(new IOException());
        assertThat(failureOf(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void it_answers_until_it_is_older_than_max_stale() {
        TestCalls calls = callsThatKnow("1.08");
        calls.time.advance(ofMinutes(10));
        CompletableFuture<String> inTime = euro(calls);
        remote.failsWith(new IOException());
        assertThat(inTime).isCompletedWithValue("1.08");

        CompletableFuture<String> late = euro(calls);
        calls.time.advance(ofNanos(1));
        remote.failsWith(new IOException());
        assertThat(failureOf(late))
                .as("its age is that when the call has failed")
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_fallback_that_takes_a_call_failure_is_asked_and_its_answer_is_not_remembered() {
        TestCalls calls = callsThatKnow("1.08");
        calls.time.advance(ofSeconds(90));
        AtomicReference<CallFailure> seen = new AtomicReference<>();
        CompletableFuture<String> decided = calls.remote().keyedBy("EUR").executeAsync(remote, failure -> {
            seen.set(failure);
            return CompletableFuture.completedFuture("decided");
        });
        remote.failsWith(new IOException());
        assertThat(decided).isCompletedWithValue("decided");
        assertThat(seen.get().lastKnownGood()).isEqualTo(new LastKnownGood("1.08", ofSeconds(90)));
        assertThat(calls.pipeline().counts().staleAnswers()).isZero();

        CompletableFuture<String> answer = euro(calls);
        remote.failsWith(new IOException());
        assertThat(answer).isCompletedWithValue("1.08");
    }

    @Test
    void the_future_of_one_caller_is_not_that_of_another() {
        TestCalls calls = callsThatKnow("1.08");
        calls.breaker().transitionToOpenState();
        euro(calls).obtrudeValue("changed by its caller");
        assertThat(euro(calls)).isCompletedWithValue("1.08");
    }
}
