package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A method that answers later calls others, and waits for their answers, before it returns: those are within its attempt. */
class CallsWhileStartingTests {

    private final AsyncRemote remote = new AsyncRemote();

    /** What is left of the attempt around, seen by a call inside of it that answers at once. */
    private static Duration leftWithin(TestCalls calls) {
        return calls.call("inner").execute(() -> ofNanos(CallScope.capture().remaining(calls.time)));
    }

    @AfterEach
    void nothing_stays_behind_on_the_thread() {
        assertThat(CallScope.capture()).isSameAs(CallScope.Captured.NONE);
    }

    @Test
    void a_call_that_answers_at_once_has_what_is_left_of_the_attempt() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s");
        List<Duration> left = new ArrayList<>();
        calls.remote().executeAsync(() -> {
            calls.time.advance(ofMillis(500));
            left.add(leftWithin(calls));
            return remote.call();
        });
        assertThat(left).containsExactly(ofMillis(1500));
    }

    @Test
    void each_attempt_gives_it_its_own_end() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "timeout.total=4500ms", "retry.backoff.delay=1s");
        List<Duration> left = new ArrayList<>();
        calls.remote().executeAsync(() -> {
            left.add(leftWithin(calls));
            return remote.call();
        });
        remote.failsWith(new IOException());
        calls.time.advance(ofSeconds(1));
        remote.failsWith(new IOException());
        calls.time.advance(ofMillis(2500));
        assertThat(left).containsExactly(ofSeconds(2), ofSeconds(2), ofMillis(1500));
    }

    @Test
    void it_is_not_begun_once_the_time_of_the_attempt_is_over() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=1");
        AtomicReference<Throwable> inner = new AtomicReference<>();
        calls.remote().executeAsync(() -> {
            calls.time.advance(ofSeconds(2));
            inner.set(TestCalls.fails(() -> calls.call("inner").execute(() -> "too late")));
            return remote.call();
        });
        assertThat(inner.get()).isInstanceOf(DeadlineExceededException.class);
        assertThat(calls.pipeline("inner").counts().attempts()).isZero();
    }

    @Test
    void an_attempt_without_a_limit_of_its_own_leaves_the_deadline_around_as_it_is() {
        TestCalls calls = TestCalls.with("resilience.calls.outer.timeout.per-attempt=3s");
        List<Duration> left = new ArrayList<>();
        calls.call("outer")
                .executeAsync(() -> calls.remote().executeAsync(() -> {
                    left.add(leftWithin(calls));
                    return remote.call();
                }));
        assertThat(left).containsExactly(ofSeconds(3));
    }

    @Test
    void a_deadline_that_somebody_else_has_bound_is_left_as_it_is_by_calls_that_know_of_none() {
        TestCalls calls = TestCalls.with();
        List<Duration> left = new ArrayList<>();
        long deadline = calls.time.nanoTime() + ofSeconds(3).toNanos();
        try (CallScope.Binding unused = CallScope.bind(new CallScope.Captured(deadline, RetriesInside.ALLOWED))) {
            calls.remote().executeAsync(() -> {
                left.add(leftWithin(calls));
                return remote.call();
            });
        }
        assertThat(left).containsExactly(ofSeconds(3));
    }

    @Test
    void it_tries_once_where_the_call_around_tries_again() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=2", "retry.backoff.delay=0");
        CompletableFuture<String> answer = calls.remote().executeAsync(failingInner(calls));
        assertThat(failureOf(answer)).isInstanceOf(IOException.class);
        assertThat(calls.pipeline("inner").counts().attempts()).isEqualTo(2);
    }

    @Test
    void it_tries_once_in_each_of_the_attempts_that_run_at_the_same_time() {
        TestCalls calls = TestCalls.with("hedge.delay=200ms", "retry.max-attempts=2");
        calls.remote().executeAsync(() -> {
            CompletableFuture<String> attempt = remote.call();
            TestCalls.fails(failingInner(calls)::call);
            return attempt;
        });
        calls.time.advance(ofMillis(200));
        assertThat(remote.attempts()).isEqualTo(2);
        assertThat(calls.pipeline("inner").counts().attempts()).isEqualTo(2);
    }

    @Test
    void it_tries_again_where_the_call_around_does_not_or_allows_it() {
        TestCalls alone = TestCalls.with("timeout.per-attempt=2s", "retry.enabled=false");
        alone.remote().executeAsync(failingInner(alone));
        assertThat(alone.pipeline("inner").counts().attempts()).isEqualTo(3);

        TestCalls allowed = TestCalls.with("retry.max-attempts=2", "retry.backoff.delay=0", "nested-retries=allow");
        allowed.remote().executeAsync(failingInner(allowed));
        assertThat(allowed.pipeline("inner").counts().attempts()).isEqualTo(6);
    }

    private static ProtectedCall.CallBody<CompletableFuture<String>, IOException> failingInner(TestCalls calls) {
        return () -> calls.call("inner").execute(() -> {
            throw new IOException();
        });
    }
}
