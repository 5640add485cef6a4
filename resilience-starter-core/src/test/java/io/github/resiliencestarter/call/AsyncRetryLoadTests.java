package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Budget, nesting and adaptive limits of calls that answer later: the rules of those that answer at once. */
class AsyncRetryLoadTests {

    private final AsyncRemote remote = new AsyncRemote();

    private static CompletableFuture<String> failed() {
        return CompletableFuture.failedFuture(new IOException());
    }

    @Test
    void with_a_spent_budget_the_first_failure_is_the_callers() {
        TestCalls calls = TestCalls.with("retry-budget.ratio=0", "retry-budget.min-per-second=0");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        IOException failure = new IOException("down");
        remote.failsWith(failure);

        assertThat(failureOf(answer)).isSameAs(failure);
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void a_retry_takes_a_token() {
        TestCalls calls = TestCalls.with("retry.max-attempts=2");
        calls.remote().executeAsync(remote);
        remote.failsWith(new IOException());
        assertThat(calls.pipeline().parts().retryBudget().available()).isEqualTo(99);
    }

    @Test
    void a_call_within_the_retries_of_another_makes_one_attempt() {
        TestCalls calls = TestCalls.with("retry.backoff.delay=0");
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> answer = calls.remote()
                .executeAsync(() -> calls.call("inner").executeAsync(() -> {
                    attempts.incrementAndGet();
                    return failed();
                }));
        assertThat(failureOf(answer)).isInstanceOf(IOException.class);
        assertThat(attempts).hasValue(3);
        assertThat(CallScope.capture()).isSameAs(CallScope.Captured.NONE);
    }

    @Test
    void within_a_call_that_is_not_idempotent_an_unknown_outcome_is_the_inner_ones_to_try_again() {
        TestCalls calls = TestCalls.with(
                "idempotent=false",
                "resilience.calls.inner.retry.backoff.delay=0",
                "resilience.calls.inner.retry.max-attempts=4");
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> answer = calls.remote()
                .executeAsync(() -> calls.call("inner").executeAsync(() -> {
                    attempts.incrementAndGet();
                    return failed();
                }));
        assertThat(failureOf(answer)).isInstanceOf(IOException.class);
        assertThat(attempts).hasValue(4);
    }

    @Test
    void a_call_of_a_method_that_answers_at_once_makes_one_attempt_within_one_that_answers_later() {
        TestCalls calls = TestCalls.with("retry.backoff.delay=0");
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> answer = calls.remote()
                .executeAsync(() -> calls.call("inner").execute(() -> {
                    attempts.incrementAndGet();
                    throw new IOException();
                }));
        assertThat(failureOf(answer)).isInstanceOf(IOException.class);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void the_limit_follows_the_latencies_of_attempts_that_answer_later() {
        TestCalls calls = TestCalls.with("timeout.adaptive.max=2s", "retry.enabled=false");
        answerAfter(calls, 100, ofMillis(30));
        AdaptiveTimeout timeout = calls.pipeline().parts().adaptiveTimeout();
        assertThat(timeout.current()).isEqualTo(ofMillis(60));

        CompletableFuture<String> late = calls.remote().executeAsync(remote);
        calls.time.advance(ofSeconds(1));
        assertThat(failureOf(late))
                .isInstanceOfSatisfying(
                        AttemptTimeoutException.class,
                        thrown -> assertThat(thrown.getLimit()).isEqualTo(ofMillis(60)));
        answerAfter(calls, 20, ofSeconds(1));
        assertThat(timeout.current())
                .as("timeouts count, so a remote that has become slower gets its time")
                .isEqualTo(ofSeconds(2));
    }

    private void answerAfter(TestCalls calls, int times, Duration latency) {
        for (int i = 0; i < times; i++) {
            calls.remote().executeAsync(remote);
            calls.time.advance(latency);
            remote.answers();
        }
        calls.time.advance(ofMillis(100));
    }

    @Test
    void a_method_that_is_started_on_a_worker_is_within_what_is_around_its_call() throws Exception {
        TestCalls calls = TestCalls.with(
                "timeout.total=1h",
                "resilience.calls.middle.timeout.runs-on=worker",
                "resilience.calls.middle.timeout.per-attempt=1m",
                "resilience.calls.middle.retry.enabled=false");
        CallScope.Captured onWorker = calls.remote()
                .execute(() -> calls.call("middle")
                        .executeAsync(() -> CompletableFuture.completedFuture(CallScope.capture()))
                        .get(10, TimeUnit.SECONDS));
        assertThat(onWorker.nestedRetries()).isEqualTo(RetriesInside.SUPPRESSED);
        assertThat(onWorker.hasDeadline()).isTrue();
    }
}
