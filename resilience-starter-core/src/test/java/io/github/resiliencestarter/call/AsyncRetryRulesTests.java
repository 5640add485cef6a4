package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncRetryRulesTests {

    private final AsyncRemote remote = new AsyncRemote();
    private final TestCalls calls =
            TestCalls.with("idempotent=true", "retry.max-attempts=3", "retry.backoff.delay=200ms");

    @Test
    void the_back_off_is_an_alarm_on_the_clock_and_blocks_no_thread() {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.failsWith(new IOException());

        assertThat(calls.time.sleeps()).as("nobody sleeps").isEmpty();
        calls.time.advance(ofMillis(199));
        assertThat(remote.attempts()).isEqualTo(1);
        calls.time.advance(ofMillis(1));
        assertThat(remote.attempts()).isEqualTo(2);
        remote.answers();

        assertThat(answer).isCompletedWithValue("answer");
        assertThat(calls.pipeline().counts().of(Outcome.RECOVERED)).isEqualTo(1);
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(2);
    }

    @Test
    void the_last_failure_reaches_the_caller_with_the_earlier_ones_suppressed() {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        List<IOException> failures = List.of(new IOException("1"), new IOException("2"), new IOException("3"));
        for (IOException failure : failures) {
            remote.failsWith(failure);
            calls.time.advance(ofMinutes(1));
        }

        assertThat(remote.attempts()).isEqualTo(3);
        assertThat(failureOf(answer)).isSameAs(failures.get(2));
        assertThat(failureOf(answer).getSuppressed()).containsExactly(failures.get(0), failures.get(1));
    }

    @Test
    void retry_sees_what_the_work_threw_and_not_what_stages_wrap_it_in() {
        TestCalls onlyIo = TestCalls.with("idempotent=true", "retry.retry-exceptions=java.io.IOException");
        CompletableFuture<String> answer =
                onlyIo.remote().executeAsync(() -> remote.call().thenApply(value -> value));
        IOException original = new IOException();
        remote.failsWith(original);
        onlyIo.time.advance(ofMinutes(1));

        assertThat(remote.attempts()).isEqualTo(2);
        remote.failsWith(new CompletionException(original));
        onlyIo.time.advance(ofMinutes(1));
        remote.failsWith(original);
        assertThat(failureOf(answer)).isSameAs(original);
    }

    @Test
    void what_is_thrown_at_once_is_a_failed_attempt_and_never_reaches_the_caller_as_a_throw() {
        IOException original = new IOException();
        List<Integer> attempts = new ArrayList<>();

        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            attempts.add(1);
            throw original;
        });
        calls.time.advance(ofMinutes(1));

        assertThat(attempts).hasSize(3);
        assertThat(failureOf(answer)).isSameAs(original);
    }

    @Test
    void null_in_the_place_of_a_future_is_a_failed_attempt() {
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> null);

        assertThat(failureOf(answer)).isInstanceOf(NullPointerException.class).hasMessageContaining("'remote'");
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void an_error_a_rejection_and_an_interruption_are_never_retried() {
        List<Throwable> failures = List.of(
                new StackOverflowError(),
                new InterruptedException(),
                BulkheadFullException.createBulkheadFullException(calls.bulkheads.bulkhead("other")));
        for (Throwable failure : failures) {
            CompletableFuture<String> answer = calls.remote().executeAsync(remote);
            remote.failsWith(failure);

            assertThat(failureOf(answer)).isSameAs(failure);
            assertThat(calls.time.pending()).as("nothing is to come").isZero();
        }
        assertThat(remote.attempts()).isEqualTo(failures.size());
    }

    @Test
    void an_interruption_that_is_thrown_at_once_restores_the_flag_of_its_thread() {
        calls.remote().executeAsync(() -> {
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_breaker_that_opens_during_the_back_off_stops_the_retry() {
        IOException original = new IOException();
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.failsWith(original);
        calls.breaker().transitionToOpenState();
        calls.time.advance(ofMinutes(1));

        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(failureOf(answer)).isSameAs(original);
    }

    @Test
    void a_retry_that_would_start_after_the_deadline_ends_the_call_at_once() {
        TestCalls hasty =
                TestCalls.with("idempotent=true", "timeout.total=1s", "retry.backoff.delay=1s", "retry.max-attempts=2");
        IOException original = new IOException();
        CompletableFuture<String> answer = hasty.remote().executeAsync(remote);
        remote.failsWith(original);

        assertThat(failureOf(answer)).isSameAs(original);
    }

    @Test
    void thousands_of_attempts_that_fail_at_once_do_not_pile_up_on_a_stack() {
        TestCalls endless = TestCalls.with(
                "idempotent=true",
                "circuit-breaker.enabled=false",
                "retry.max-attempts=5000",
                "retry.backoff.delay=1ms");
        CompletableFuture<String> answer =
                endless.remote().executeAsync(() -> CompletableFuture.failedFuture(new IOException()));
        endless.time.advance(ofMinutes(1_000));

        assertThat(failureOf(answer)).isInstanceOf(IOException.class);
        assertThat(endless.pipeline().counts().attempts()).isEqualTo(5000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void observers_are_told_each_retry_as_they_are_of_synchronous_calls(int retries) {
        List<Long> told = new ArrayList<>();
        CallObserver observer = new CallObserver() {
            @Override
            public void retrying(Execution execution, Throwable failure, long delayMillis) {
                told.add(delayMillis);
            }

            @Override
            public void completed(Execution execution) {}
        };
        TestCalls watched = TestCalls.with(
                List.of((plan, counts) -> observer), "idempotent=true", "retry.max-attempts=" + (retries + 1));
        watched.remote().executeAsync(remote);
        for (int i = 0; i <= retries; i++) {
            remote.failsWith(new IOException());
            watched.time.advance(ofMinutes(1));
        }

        assertThat(told).isEqualTo(List.of(200L, 400L).subList(0, retries));
    }
}
