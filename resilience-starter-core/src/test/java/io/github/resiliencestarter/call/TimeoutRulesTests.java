package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatAnswers;
import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeoutRulesTests {

    /** An attempt that takes this long, unless it is interrupted. */
    private static Remote.Step taking(TestCalls calls, Duration duration) {
        return () -> {
            calls.time.advance(duration);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return "answer";
        };
    }

    @Test
    void an_attempt_times_out_on_the_callers_own_thread_by_interrupt() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=1");
        Thread caller = Thread.currentThread();
        Remote remote = new Remote().then(() -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            return taking(calls, ofSeconds(3)).run();
        });

        AttemptTimeoutException timeout = catchThrowableOfType(
                AttemptTimeoutException.class, () -> calls.remote().execute(remote));

        assertThat(timeout).hasCauseInstanceOf(InterruptedException.class);
        assertThat(timeout.getLimit()).isEqualTo(ofSeconds(2));
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_late_interrupt_never_leaks_out_of_the_call() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=1");
        Remote ignoresInterrupts = new Remote().then(() -> {
            calls.time.advance(ofSeconds(3));
            return "late";
        });

        Throwable thrown = fails(() -> calls.remote().execute(ignoresInterrupts));

        assertThat(thrown).as("an answer after its time is a timeout").isInstanceOf(AttemptTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_answer_in_time_disarms_the_timeout() throws Exception {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s");
        calls.remote().execute(thatAnswers());
        assertThat(calls.time.pending()).isZero();
        calls.time.advance(ofSeconds(10));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void somebody_elses_interrupt_is_not_taken_for_the_timeouts_and_stays() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s");
        Remote remote = new Remote().then(() -> {
            Thread.currentThread().interrupt();
            calls.time.advance(ofSeconds(3));
            return "late";
        });
        fails(() -> calls.remote().execute(remote));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_timed_out_attempt_is_retried() throws Exception {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s", "retry.max-attempts=2");
        Remote remote = new Remote().then(taking(calls, ofSeconds(3))).then(taking(calls, ofSeconds(1)));
        assertThat(calls.remote().execute(remote)).isEqualTo("answer");
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void an_error_in_an_attempt_that_timed_out_is_not_hidden() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=2s");
        Remote remote = new Remote().then(() -> {
            calls.time.advance(ofSeconds(3));
            throw new StackOverflowError();
        });
        assertThat(fails(() -> calls.remote().execute(remote))).isInstanceOf(StackOverflowError.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void the_time_of_each_further_attempt_grows_by_the_multiplier() {
        TestCalls calls = TestCalls.with(
                "timeout.per-attempt=1s", "timeout.multiplier=2", "retry.max-attempts=3", "retry.backoff.delay=0");
        Throwable thrown = fails(() -> calls.remote().execute(new Remote().then(taking(calls, ofSeconds(9)))));
        List<Duration> limits = new ArrayList<>();
        for (Throwable each : thrown.getSuppressed()) {
            limits.add(((AttemptTimeoutException) each).getLimit());
        }
        limits.add(((AttemptTimeoutException) thrown).getLimit());
        assertThat(limits).containsExactly(ofSeconds(1), ofSeconds(2), ofSeconds(4));
    }

    @Test
    void the_attempt_timeout_is_the_shorter_of_its_own_and_what_is_left_of_the_deadline() {
        TestCalls calls = TestCalls.with(
                "timeout.per-attempt=2s", "timeout.total=3s", "retry.max-attempts=2", "retry.backoff.delay=500ms");
        Remote remote = new Remote().then(taking(calls, ofSeconds(2))).then(taking(calls, ofSeconds(2)));

        AttemptTimeoutException last = catchThrowableOfType(
                AttemptTimeoutException.class, () -> calls.remote().execute(remote));

        assertThat(last.getLimit()).isEqualTo(ofMillis(500));
    }

    @Test
    void the_total_alone_bounds_an_attempt_and_counts_as_the_remotes_failure() {
        TestCalls calls = TestCalls.with("timeout.total=3s");
        fails(() -> calls.remote().execute(new Remote().then(taking(calls, ofSeconds(4)))));
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void no_retry_is_waited_for_that_the_deadline_would_not_let_start() {
        TestCalls calls = TestCalls.with("timeout.total=3s", "retry.max-attempts=5", "retry.backoff.delay=2s");
        IOException original = new IOException();
        Remote remote = new Remote().then(() -> {
            calls.time.advance(ofSeconds(2));
            throw original;
        });
        assertThat(fails(() -> calls.remote().execute(remote))).isSameAs(original);
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.time.sleeps()).isEmpty();
    }

    @Test
    void a_nested_call_inherits_the_deadline() throws Exception {
        TestCalls calls = TestCalls.with("timeout.total=5s", "resilience.calls.inner.timeout.per-attempt=4s");
        List<Throwable> inner = new ArrayList<>();
        calls.remote()
                .execute(
                        () -> {
                            calls.time.advance(ofSeconds(3));
                            inner.add(fails(() -> calls.call("inner").execute(new Remote().then(() -> {
                                        calls.time.advance(ofMillis(2_001));
                                        Thread.interrupted();
                                        throw new InterruptedException();
                                    }))));
                            return "outer";
                        },
                        failure -> "too late");

        assertThat(inner.get(0)).isInstanceOf(DeadlineExceededException.class);
        assertThat(calls.pipeline("inner").circuitBreaker().getMetrics().getNumberOfBufferedCalls())
                .as("being cut short by the caller says nothing about the remote")
                .isZero();
        assertThat(calls.pipeline("inner").counts().attempts()).isEqualTo(1);
    }

    @Test
    void a_nested_call_without_any_timeout_of_its_own_inherits_that_of_the_attempt_around_it() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=5s", "retry.max-attempts=1");
        List<Throwable> inner = new ArrayList<>();
        fails(() -> calls.remote().execute(() -> {
            calls.time.advance(ofSeconds(6));
            inner.add(fails(() -> calls.call("inner").execute(thatAnswers())));
            return "outer";
        }));
        assertThat(inner.get(0)).isInstanceOf(DeadlineExceededException.class);
        assertThat(calls.pipeline("inner").counts().attempts())
                .as("no attempt was started")
                .isZero();
    }

    @Test
    void after_the_call_the_deadline_is_gone() throws Exception {
        TestCalls calls = TestCalls.with("timeout.total=5s");
        calls.remote().execute(thatAnswers());
        calls.time.advance(ofSeconds(60));
        assertThat(calls.call("inner").execute(thatAnswers())).isEqualTo("answer");
    }

    @Test
    void a_wait_that_took_longer_than_asked_ends_the_call_with_the_original_exception() {
        TestCalls calls = TestCalls.with("timeout.total=3s", "retry.max-attempts=5", "retry.backoff.delay=1s");
        calls.time.duringSleep(() -> calls.time.advance(ofSeconds(4)));
        IOException original = new IOException();
        Remote remote = Remote.thatFailsWith(original);
        assertThat(fails(() -> calls.remote().execute(remote))).isSameAs(original);
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void the_interrupt_of_a_call_around_is_not_lost_in_a_call_inside_whose_time_is_up_with_it() {
        TestCalls calls = TestCalls.with(
                "timeout.per-attempt=2s", "retry.enabled=false", "resilience.calls.inner.timeout.per-attempt=5s");
        List<Boolean> interruptedAfterwards = new ArrayList<>();
        Throwable thrown = fails(() -> calls.remote().execute(() -> {
            calls.call("inner").execute(new Remote().then(taking(calls, ofSeconds(2))), failure -> "instead");
            interruptedAfterwards.add(Thread.currentThread().isInterrupted());
            return "late";
        }));
        assertThat(interruptedAfterwards).containsExactly(true);
        assertThat(thrown).isInstanceOf(AttemptTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void the_interrupt_of_a_worker_is_not_lost_in_a_call_inside_whose_time_is_up_with_it() throws Exception {
        for (String worker : List.of("timeout.runs-on=worker", "hedge.delay=p95")) {
            TestCalls calls = TestCalls.with(
                    worker,
                    "timeout.per-attempt=2s",
                    "retry.enabled=false",
                    "resilience.calls.inner.timeout.per-attempt=5s");
            CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
            Throwable thrown = fails(() -> calls.remote().execute(() -> {
                calls.call("inner").execute(new Remote().then(taking(calls, ofSeconds(2))), failure -> "instead");
                interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
                return "late";
            }));
            assertThat(thrown).isInstanceOf(AttemptTimeoutException.class);
            assertThat(interruptedAfterwards.get(10, TimeUnit.SECONDS))
                    .as(worker)
                    .isTrue();
        }
    }
}
