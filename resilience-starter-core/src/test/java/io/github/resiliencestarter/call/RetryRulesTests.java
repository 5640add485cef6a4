package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.NoWorkerAvailableException;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import io.github.resiliencestarter.WorkerRefusedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryRulesTests {

    static Stream<Throwable> rejections() {
        return Stream.of(
                CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("other")),
                BulkheadFullException.createBulkheadFullException(Bulkhead.ofDefaults("other")),
                RequestNotPermitted.createRequestNotPermitted(RateLimiter.ofDefaults("other")),
                DeadlineExceededException.beforeAttempt("other", 1),
                new WorkerRefusedException("other"),
                new NoWorkerAvailableException("other", 1));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void a_rejection_is_never_retried_and_never_recorded_as_the_remotes_failure(Throwable rejection) {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(rejection);

        assertThat(fails(() -> calls.remote().execute(remote))).isSameAs(rejection);

        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void an_error_is_never_retried() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3", "retry.retry-exceptions=java.lang.Throwable");
        Remote remote = thatFailsWith(new OutOfMemoryError());

        assertThat(fails(() -> calls.remote().execute(remote))).isInstanceOf(OutOfMemoryError.class);

        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void an_interruption_is_never_retried_and_restores_the_flag() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(new InterruptedException());

        assertThat(fails(() -> calls.remote().execute(remote))).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void an_interruption_that_a_client_has_wrapped_is_one_too() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(new IllegalStateException(new InterruptedException()));

        fails(() -> calls.remote().execute(remote));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void a_clients_own_timeout_is_no_interruption_though_its_type_says_so() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        Remote remote = thatFailsWith(new UncheckedIOException(new InterruptedIOException("timeout")));

        fails(() -> calls.remote().execute(remote));

        assertThat(Thread.interrupted()).isFalse();
        assertThat(remote.attempts()).isEqualTo(3);
    }

    @Test
    void an_interruption_during_the_back_off_ends_the_call_with_the_original_exception() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        calls.time.duringSleep(() -> Thread.currentThread().interrupt());
        IOException original = new IOException();
        Remote remote = thatFailsWith(original);

        assertThat(fails(() -> calls.remote().execute(remote))).isSameAs(original);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void the_final_exception_carries_those_of_the_earlier_attempts() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        IOException third = new IOException("third");

        Throwable thrown = fails(() -> calls.remote().execute(thatFailsWith(first, second, third)));

        assertThat(thrown).isSameAs(third);
        assertThat(thrown.getSuppressed()).containsExactly(first, second);
    }

    @Test
    void one_exception_object_thrown_again_and_again_does_not_grow() {
        TestCalls calls = TestCalls.with("retry.max-attempts=2");
        IOException one = new IOException("one");
        IOException other = new IOException("other");
        for (int i = 0; i < 100; i++) {
            fails(() -> calls.remote().execute(thatFailsWith(one, other)));
            fails(() -> calls.remote().execute(thatFailsWith(one)));
        }
        assertThat(one.getSuppressed()).isEmpty();
        assertThat(other.getSuppressed()).containsExactly(one);
    }

    @Test
    void the_back_off_grows_by_the_multiplier_up_to_its_longest() {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=5",
                "retry.backoff.delay=100ms",
                "retry.backoff.multiplier=3",
                "retry.backoff.max-delay=1s");

        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));

        assertThat(calls.time.sleeps()).containsExactly(ofMillis(100), ofMillis(300), ofMillis(900), ofSeconds(1));
    }

    @Test
    void programming_errors_are_not_retried_unless_they_are_listed() {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=3",
                "resilience.calls.listed.retry.retry-exceptions=java.lang.IllegalArgumentException");
        Remote unlisted = thatFailsWith(new IllegalArgumentException());
        Remote listed = thatFailsWith(new IllegalArgumentException());

        fails(() -> calls.remote().execute(unlisted));
        fails(() -> calls.call("listed").execute(listed));

        assertThat(unlisted.attempts()).isEqualTo(1);
        assertThat(listed.attempts()).isEqualTo(3);
    }

    @Test
    void where_exceptions_are_listed_only_those_are_retried_and_ignored_ones_never() {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=3",
                "retry.retry-exceptions=java.io.IOException",
                "retry.ignore-exceptions=java.io.FileNotFoundException");
        Remote listed = thatFailsWith(new IOException());
        Remote ignored = thatFailsWith(new FileNotFoundException());
        Remote other = thatFailsWith(new IllegalStateException());

        fails(() -> calls.remote().execute(listed));
        fails(() -> calls.remote().execute(ignored));
        fails(() -> calls.remote().execute(other));

        assertThat(listed.attempts()).isEqualTo(3);
        assertThat(ignored.attempts()).isEqualTo(1);
        assertThat(other.attempts()).isEqualTo(1);
    }

    @Test
    void resilience4js_own_counters_of_the_retry_keep_working() throws Exception {
        TestCalls calls = TestCalls.with("retry.max-attempts=2");
        calls.remote().execute(Remote.thatAnswers());
        calls.remote().execute(thatFailsWith(new IOException()).thenAnswers());
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        fails(() -> calls.remote().execute(thatFailsWith(new NullPointerException())));

        var metrics = calls.retries.retry("remote").getMetrics();
        assertThat(metrics.getNumberOfSuccessfulCallsWithoutRetryAttempt()).isEqualTo(1);
        assertThat(metrics.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
        assertThat(metrics.getNumberOfFailedCallsWithRetryAttempt()).isEqualTo(1);
        assertThat(metrics.getNumberOfFailedCallsWithoutRetryAttempt()).isEqualTo(1);
    }

    @Test
    void a_timeout_is_retried_whether_it_is_listed_or_not() {
        TestCalls calls = TestCalls.with(
                "timeout.per-attempt=1s", "retry.max-attempts=2", "retry.retry-exceptions=java.io.IOException");
        Remote remote = new Remote().then(() -> {
            calls.time.advance(ofSeconds(2));
            return "late";
        });

        fails(() -> calls.remote().execute(remote));

        assertThat(remote.attempts()).isEqualTo(2);
    }
}
