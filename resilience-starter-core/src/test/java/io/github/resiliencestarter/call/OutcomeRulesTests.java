package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.ProtectedCall.CallBody;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import io.github.resiliencestarter.Verdict;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OutcomeRulesTests {

    private static final String UNDECLARED = "resilience.defaults.idempotent=";

    private static final class Refused extends IOException {}

    private static final class Busy extends IOException {
        private final transient Duration retryAfter;

        Busy(Duration retryAfter) {
            this.retryAfter = retryAfter;
        }
    }

    private static Verdict judge(Throwable failure) {
        if (failure instanceof Busy busy) {
            return Verdict.notNow(busy.retryAfter);
        }
        if (failure instanceof Refused) {
            return Verdict.rejected();
        }
        return failure instanceof ConnectException ? Verdict.neverSent() : null;
    }

    private static TestCalls calls(String... properties) {
        return TestCalls.with(OutcomeRulesTests::judge, properties);
    }

    private static int attemptsOf(TestCalls calls, Throwable failure) {
        Remote remote = thatFailsWith(failure);
        fails(() -> calls.remote().execute(remote));
        return remote.attempts();
    }

    @Test
    void an_unknown_outcome_is_not_retried_where_nothing_is_declared() {
        assertThat(attemptsOf(calls(UNDECLARED), new IOException("reset"))).isEqualTo(1);
    }

    @Test
    void an_unknown_outcome_is_retried_where_the_configuration_declares_the_call_idempotent() {
        assertThat(attemptsOf(calls(UNDECLARED, "idempotent=true"), new IOException("reset")))
                .isEqualTo(3);
    }

    @Test
    void an_unknown_outcome_is_retried_where_code_declares_the_call_idempotent() {
        Remote remote = thatFailsWith(new IOException("reset"));
        fails(() -> calls(UNDECLARED).remote().idempotent().execute(remote));
        assertThat(remote.attempts()).isEqualTo(3);
    }

    @Test
    void the_same_holds_for_calls_that_answer_later() {
        TestCalls calls = calls(UNDECLARED);
        AtomicInteger attempts = new AtomicInteger();
        CallBody<CompletionStage<String>, RuntimeException> body = () -> {
            attempts.incrementAndGet();
            return CompletableFuture.failedFuture(new IOException("reset"));
        };
        assertThat(calls.remote().executeAsync(body)).isCompletedExceptionally();
        assertThat(attempts.getAndSet(0)).isEqualTo(1);
        CompletableFuture<String> declared = calls.remote().idempotent().executeAsync(body);
        calls.time.advance(Duration.ofSeconds(10));
        assertThat(declared).isCompletedExceptionally();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void to_declare_it_for_one_body_declares_nothing_for_others() {
        TestCalls calls = calls(UNDECLARED);
        fails(() -> calls.remote().idempotent().execute(thatFailsWith(new IOException())));
        assertThat(attemptsOf(calls, new IOException())).isEqualTo(1);
    }

    @Test
    void what_the_configuration_denies_code_cannot_declare() {
        Remote remote = thatFailsWith(new IOException("reset"));
        fails(() -> calls("idempotent=false").remote().idempotent().execute(remote));
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void a_timeout_is_an_unknown_outcome() {
        TestCalls calls = calls(UNDECLARED, "timeout.per-attempt=1s");
        Remote remote = Remote.thatAnswers().then(() -> {
            calls.time.advance(Duration.ofSeconds(2));
            return "late";
        });
        assertThat(fails(() -> calls.remote().execute(remote))).isInstanceOf(AttemptTimeoutException.class);
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void what_was_never_sent_is_retried_though_the_call_is_not_idempotent() {
        assertThat(attemptsOf(calls(UNDECLARED), new ConnectException("refused")))
                .isEqualTo(3);
    }

    @Test
    void what_was_rejected_for_good_is_not_retried_though_the_call_is_idempotent() {
        assertThat(attemptsOf(calls("idempotent=true"), new Refused())).isEqualTo(1);
    }

    @Test
    void what_was_rejected_for_now_is_retried_though_the_call_is_not_idempotent() {
        assertThat(attemptsOf(calls(UNDECLARED), new Busy(null))).isEqualTo(3);
    }

    @Test
    void the_causes_are_looked_at() {
        assertThat(attemptsOf(calls(UNDECLARED), new IllegalStateException(new IOException(new ConnectException()))))
                .isEqualTo(3);
    }

    @Test
    void ignore_exceptions_keep_what_was_never_sent_from_being_retried() {
        assertThat(attemptsOf(calls("retry.ignore-exceptions=java.net.ConnectException"), new ConnectException()))
                .isEqualTo(1);
    }

    @Test
    void retry_exceptions_do_not_make_an_unknown_outcome_retried() {
        assertThat(attemptsOf(calls(UNDECLARED, "retry.retry-exceptions=java.io.IOException"), new IOException()))
                .isEqualTo(1);
    }

    /** resilience4j looks at the cause of such an exception, so what it says is not the last word. */
    @Test
    void a_wrapped_unknown_outcome_is_not_retried_either() {
        CompletionException wrapped = new CompletionException(new IOException());
        String listed = "retry.retry-exceptions=java.io.IOException";
        assertThat(attemptsOf(calls(UNDECLARED, listed), wrapped)).isEqualTo(1);
        assertThat(attemptsOf(calls("idempotent=true", listed), wrapped)).isEqualTo(3);
    }

    @Test
    void who_lists_the_very_class_of_a_rejection_has_it_retried() {
        assertThat(attemptsOf(calls(UNDECLARED, "retry.retry-exceptions=" + Refused.class.getName()), new Refused()))
                .isEqualTo(3);
        assertThat(attemptsOf(calls(UNDECLARED, "retry.retry-exceptions=java.io.IOException"), new Refused()))
                .isEqualTo(1);
    }

    @Test
    void the_next_attempt_waits_as_long_as_the_remote_asks_for() {
        TestCalls calls = calls(UNDECLARED);
        Remote remote = thatFailsWith(new Busy(Duration.ofSeconds(7)), new Busy(Duration.ofNanos(1_000_001)))
                .thenAnswers();
        assertThat(remote).satisfies(each -> calls.remote().execute(each));
        assertThat(calls.time.sleeps()).containsExactly(Duration.ofSeconds(7), Duration.ofMillis(400));
    }

    @Test
    void not_a_part_of_a_millisecond_too_early() {
        TestCalls calls = calls(UNDECLARED, "retry.max-attempts=2");
        fails(() -> calls.remote().execute(thatFailsWith(new Busy(Duration.ofNanos(1_000_000_001)))));
        assertThat(calls.time.sleeps()).containsExactly(Duration.ofMillis(1001));
    }

    @Test
    void a_remote_that_asks_for_more_than_max_wait_is_left_alone() {
        TestCalls calls = calls(UNDECLARED, "retry-after.max-wait=10s");
        assertThat(attemptsOf(calls, new Busy(Duration.ofMillis(10_001)))).isEqualTo(1);
        assertThat(calls.time.sleeps()).isEmpty();
        assertThat(attemptsOf(calls, new Busy(Duration.ofSeconds(10)))).isEqualTo(3);
    }

    @Test
    void a_remote_that_asks_for_a_year_is_left_alone_unless_that_is_not_heeded() {
        assertThat(attemptsOf(calls(UNDECLARED), new Busy(Duration.ofDays(365))))
                .isEqualTo(1);
        assertThat(attemptsOf(calls(UNDECLARED), new Busy(Duration.ofSeconds(Long.MAX_VALUE))))
                .isEqualTo(1);
        TestCalls heedless = calls(UNDECLARED, "retry-after.enabled=false");
        assertThat(attemptsOf(heedless, new Busy(Duration.ofDays(365)))).isEqualTo(3);
        assertThat(heedless.time.sleeps()).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void a_remote_that_asks_for_more_than_the_deadline_leaves_ends_the_call_at_once() {
        TestCalls calls = calls(UNDECLARED, "timeout.total=5s");
        Busy busy = new Busy(Duration.ofSeconds(6));
        assertThat(fails(() -> calls.remote().execute(thatFailsWith(busy)))).isSameAs(busy);
        assertThat(calls.time.sleeps()).isEmpty();
    }

    @Test
    void a_retry_that_is_not_allowed_is_not_reported_by_resilience4j() {
        TestCalls calls = calls(UNDECLARED);
        calls.pipeline();
        AtomicReference<Object> reported = new AtomicReference<>();
        calls.retries.retry("remote").getEventPublisher().onRetry(reported::set);
        attemptsOf(calls, new IOException());
        assertThat(reported).hasValue(null);
    }

    @Test
    void observers_are_told_of_a_retry_that_could_have_done_harm_and_of_no_other() {
        List<RetrySuppression> told = new ArrayList<>();
        CallObserver observer = new CallObserver() {
            @Override
            public void suppressed(Execution execution, Throwable failure, RetrySuppression reason) {
                told.add(reason);
            }

            @Override
            public void completed(Execution execution) {}
        };
        TestCalls calls = TestCalls.with(List.of((plan, counts) -> observer), OutcomeRulesTests::judge, UNDECLARED);
        attemptsOf(calls, new ConnectException());
        attemptsOf(calls, new IllegalArgumentException("a mistake of the caller's"));
        attemptsOf(calls, new Refused());
        assertThat(told).isEmpty();
        attemptsOf(calls, new IOException());
        assertThat(told).containsExactly(RetrySuppression.UNKNOWN_OUTCOME);
        assertThat(told.get(0).tag()).isEqualTo("unknown-outcome");
    }

    @Test
    void failed_attempts_are_counted_by_what_they_have_done() {
        TestCalls calls = calls(UNDECLARED);
        attemptsOf(calls, new ConnectException());
        attemptsOf(calls, new Refused());
        attemptsOf(calls, new IOException());
        calls.breaker().transitionToForcedOpenState();
        attemptsOf(calls, new IOException());
        CallCounts counts = calls.pipeline().counts();
        assertThat(counts.failedAttempts(CallOutcome.NEVER_SENT)).isEqualTo(3);
        assertThat(counts.failedAttempts(CallOutcome.REJECTED)).isEqualTo(1);
        assertThat(counts.failedAttempts(CallOutcome.UNKNOWN)).isEqualTo(1);
        TestCalls once = calls("retry.enabled=false");
        attemptsOf(once, new IOException());
        assertThat(once.pipeline().counts().failedAttempts(CallOutcome.UNKNOWN)).isEqualTo(1);
    }

    @Test
    void a_fallback_is_told_the_worst_that_its_attempts_may_have_done() {
        assertThat(outcomeOf(calls(), new IOException(), new ConnectException()))
                .isEqualTo(CallOutcome.UNKNOWN);
        assertThat(outcomeOf(calls(), new ConnectException(), new Refused())).isEqualTo(CallOutcome.REJECTED);
        assertThat(outcomeOf(calls(), new ConnectException())).isEqualTo(CallOutcome.NEVER_SENT);
        assertThat(outcomeOf(calls("retry.enabled=false"), new Refused())).isEqualTo(CallOutcome.REJECTED);
    }

    @Test
    void a_call_that_was_rejected_before_its_first_attempt_was_never_sent() {
        TestCalls calls = calls();
        calls.breaker().transitionToForcedOpenState();
        assertThat(outcomeOf(calls, new IOException())).isEqualTo(CallOutcome.NEVER_SENT);
    }

    private static CallOutcome outcomeOf(TestCalls calls, Throwable... failures) {
        AtomicReference<CallFailure> seen = new AtomicReference<>();
        try {
            calls.remote().execute(thatFailsWith(failures), failure -> {
                seen.set(failure);
                return "";
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return seen.get().outcome();
    }
}
