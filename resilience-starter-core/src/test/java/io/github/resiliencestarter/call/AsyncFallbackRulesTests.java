package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class AsyncFallbackRulesTests {

    private final AsyncRemote remote = new AsyncRemote();
    private final AsyncRemote secondRemote = new AsyncRemote();
    private final IOException original = new IOException();

    @Test
    void a_fallback_may_answer_later_and_is_waited_for() {
        TestCalls calls = TestCalls.with("retry.max-attempts=1");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote, failure -> secondRemote.call());
        remote.failsWith(original);

        assertThat(answer).isNotDone();
        assertThat(calls.pipeline().counts().of(Outcome.FALLBACK)).isZero();
        secondRemote.answers();

        assertThat(answer).isCompletedWithValue("answer");
        assertThat(calls.pipeline().counts().of(Outcome.FALLBACK)).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_fallback_gets_reason_attempts_and_the_original_exception() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.max-attempts=2");
        List<CallFailure> seen = new ArrayList<>();
        calls.remote().executeAsync(remote, failure -> {
            seen.add(failure);
            return CompletableFuture.completedFuture("");
        });
        remote.failsWith(new IOException());
        calls.time.advance(ofMinutes(1));
        remote.failsWith(original);

        assertThat(seen).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.EXCEPTION);
            assertThat(failure.attempts()).isEqualTo(2);
            assertThat(failure.exception()).isSameAs(original);
        });
    }

    @Test
    void a_fallback_that_fails_keeps_the_original_whether_it_fails_at_once_or_later() {
        TestCalls calls = TestCalls.with("retry.max-attempts=1");
        CompletableFuture<String> atOnce = calls.remote().executeAsync(remote, failure -> {
            throw new IllegalStateException();
        });
        remote.failsWith(original);
        CompletableFuture<String> later = calls.remote().executeAsync(remote, failure -> secondRemote.call());
        remote.failsWith(original);
        secondRemote.failsWith(new IllegalStateException());

        for (CompletableFuture<String> answer : List.of(atOnce, later)) {
            assertThat(failureOf(answer))
                    .isInstanceOf(IllegalStateException.class)
                    .hasSuppressedException(original);
        }
        assertThat(calls.pipeline().counts().of(Outcome.FAILED)).isEqualTo(2);
    }

    @Test
    void an_error_and_a_business_exception_pass_by_the_fallback() {
        TestCalls calls = TestCalls.with("business-exceptions=java.io.IOException");
        for (Throwable failure : List.of(original, new StackOverflowError())) {
            CompletableFuture<String> answer = calls.remote().executeAsync(remote, anything -> secondRemote.call());
            remote.failsWith(failure);

            assertThat(failureOf(answer)).isSameAs(failure);
        }
        assertThat(secondRemote.attempts()).isZero();
    }

    @Test
    void what_no_fallback_answers_is_wrapped_as_configured() {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=1", "fallback.wrap-with=" + FallbackRulesTests.StorageException.class.getName());
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.failsWith(original);

        assertThat(failureOf(answer))
                .isInstanceOf(FallbackRulesTests.StorageException.class)
                .hasCause(original);
    }

    @Test
    void a_fallback_is_not_told_that_nothing_was_sent_where_no_thread_is_left_to_wait_for_a_plain_future() {
        TestCalls calls = TestCalls.with("retry.enabled=false");
        List<FutureTask<String>> started = new ArrayList<>();
        List<CallFailure> failures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FutureAdapter.INSTANCE.call(calls.pipeline(), () -> new Execution() {
                @Override
                protected Object attempt() {
                    FutureTask<String> future = new FutureTask<>(() -> "answer");
                    started.add(future);
                    return future;
                }

                @Override
                protected Object recover(CallFailure failure) {
                    failures.add(failure);
                    return "instead";
                }

                @Override
                public String call() {
                    return "remote";
                }
            });
        }
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).reason()).isEqualTo(FailureReason.NO_WORKER);
        assertThat(failures.get(0).outcome()).isEqualTo(CallOutcome.UNKNOWN);
        assertThat(started.get(4)).as("nobody waits for it").isCancelled();
        started.forEach(FutureTask::run);
    }
}
