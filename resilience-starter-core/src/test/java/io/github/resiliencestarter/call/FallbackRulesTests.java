package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatAnswers;
import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FallbackRulesTests {

    public static class StorageException extends RuntimeException {
        public StorageException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public static class OnlyText extends RuntimeException {
        public OnlyText(String message) {
            super(message);
        }
    }

    @Test
    void retry_and_breaker_see_the_original_exception_and_wrapping_happens_only_in_the_fallback_layer() {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=3",
                "retry.retry-exceptions=java.io.IOException",
                "circuit-breaker.record-exceptions=java.io.IOException",
                "fallback.wrap-with=" + StorageException.class.getName(),
                "fallback.message=storage {call} failed: {reason} after {attempts}");
        Remote remote = thatFailsWith(new IOException("disk"));

        Throwable thrown = fails(() -> calls.remote().execute(remote));

        assertThat(remote.attempts()).as("the retry recognised it").isEqualTo(3);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls())
                .as("so did the breaker")
                .isEqualTo(1);
        assertThat(thrown)
                .isInstanceOf(StorageException.class)
                .hasMessage("storage remote failed: exception after 3")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void an_open_circuit_is_wrapped_with_its_own_message() {
        TestCalls calls = TestCalls.with(
                "fallback.wrap-with=" + StorageException.class.getName(),
                "fallback.open-message={call} is taking a break");
        calls.breaker().transitionToOpenState();
        assertThat(fails(() -> calls.remote().execute(thatAnswers())))
                .isInstanceOf(StorageException.class)
                .hasMessage("remote is taking a break");
    }

    @Test
    void a_wrapper_without_room_for_a_cause_keeps_the_original_all_the_same() {
        TestCalls calls = TestCalls.with("fallback.wrap-with=" + OnlyText.class.getName());
        IOException original = new IOException();
        assertThat(fails(() -> calls.remote().execute(thatFailsWith(original))))
                .isInstanceOf(OnlyText.class)
                .hasCause(original);
    }

    @Test
    void without_a_fallback_the_original_exception_reaches_the_caller_untouched() {
        IOException original = new IOException();
        assertThat(fails(() -> TestCalls.with().remote().execute(thatFailsWith(original))))
                .isSameAs(original);
    }

    @Test
    void a_fallback_gets_reason_attempts_elapsed_breaker_state_and_the_original_exception() throws Exception {
        TestCalls calls = TestCalls.with("retry.max-attempts=2", "retry.backoff.delay=500ms");
        IOException original = new IOException();
        AtomicReference<CallFailure> seen = new AtomicReference<>();

        String answer = calls.remote().execute(thatFailsWith(original), failure -> {
            seen.set(failure);
            return "kept for later";
        });

        assertThat(answer).isEqualTo("kept for later");
        assertThat(seen.get())
                .isEqualTo(new CallFailure(
                        "remote",
                        FailureReason.EXCEPTION,
                        2,
                        Duration.ofMillis(500),
                        CallOutcome.UNKNOWN,
                        CircuitBreaker.State.CLOSED,
                        original));
    }

    @Test
    void an_error_is_never_swallowed_by_a_fallback() {
        Throwable thrown = fails(
                () -> TestCalls.with().remote().execute(thatFailsWith(new StackOverflowError()), failure -> "fine"));
        assertThat(thrown).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void a_fallback_that_throws_keeps_the_original() {
        IOException original = new IOException();
        IllegalStateException own = new IllegalStateException();
        Throwable thrown = fails(() -> TestCalls.with().remote().execute(thatFailsWith(original), failure -> {
            throw own;
        }));
        assertThat(thrown).isSameAs(own).hasSuppressedException(original);
    }

    @Test
    void a_fallback_that_wraps_the_original_does_not_carry_it_twice() {
        IOException original = new IOException();
        Throwable thrown = fails(() -> TestCalls.with().remote().execute(thatFailsWith(original), failure -> {
            throw new IllegalStateException(failure.exception());
        }));
        assertThat(thrown).hasCause(original);
        assertThat(thrown.getSuppressed()).isEmpty();
    }

    @Test
    void business_exceptions_pass_straight_through() {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=3",
                "business-exceptions=java.util.NoSuchElementException",
                "fallback.wrap-with=" + StorageException.class.getName());
        NoSuchElementException business = new NoSuchElementException();
        Remote remote = thatFailsWith(business);

        Throwable thrown = fails(() -> calls.remote().execute(remote, failure -> "hidden"));

        assertThat(thrown).as("no fallback, no wrapping").isSameAs(business);
        assertThat(remote.attempts()).as("not retried").isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls())
                .as("not recorded")
                .isZero();
        assertThat(calls.pipeline().counts().of(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void a_subclass_of_a_business_exception_is_one_too() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3", "business-exceptions=java.io.IOException");
        Remote remote = thatFailsWith(new FileNotFoundException());
        fails(() -> calls.remote().execute(remote));
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void each_way_out_is_counted_once() throws Exception {
        TestCalls calls = TestCalls.with("retry.max-attempts=2");
        calls.remote().execute(thatAnswers());
        calls.remote().execute(thatFailsWith(new IOException()).thenAnswers());
        calls.remote().execute(thatFailsWith(new IOException()), failure -> "fallback");
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        calls.breaker().transitionToOpenState();
        fails(() -> calls.remote().execute(thatAnswers()));

        CallCounts counts = calls.pipeline().counts();
        assertThat(counts.of(Outcome.SUCCESS)).isEqualTo(1);
        assertThat(counts.of(Outcome.RECOVERED)).isEqualTo(1);
        assertThat(counts.of(Outcome.FALLBACK)).isEqualTo(1);
        assertThat(counts.of(Outcome.FAILED)).isEqualTo(1);
        assertThat(counts.of(Outcome.REJECTED)).isEqualTo(1);
        assertThat(counts.attempts()).isEqualTo(1 + 2 + 2 + 2);
    }
}
