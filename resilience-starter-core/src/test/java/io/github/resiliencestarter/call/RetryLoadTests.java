package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries that would add too much load are not made: those beyond the budget, and those within the retries of others. */
class RetryLoadTests {

    private final List<String> suppressed = new ArrayList<>();
    private final CallObserver.Factory observer = (CallPlan plan, CallCounts counts) -> new CallObserver() {
        @Override
        public void suppressed(Execution execution, @Nullable Throwable failure, RetrySuppression reason) {
            suppressed.add(execution.call() + " " + reason.tag());
        }

        @Override
        public void completed(Execution execution) {}
    };

    private TestCalls calls(String... properties) {
        return TestCalls.with(List.of(observer), properties);
    }

    @Test
    void with_a_spent_budget_the_first_failure_is_the_callers_and_stays_what_it_was() {
        TestCalls calls = calls("retry.max-attempts=3", "retry-budget.ratio=0", "retry-budget.min-per-second=0");
        IOException failure = new IOException("down");
        Remote remote = thatFailsWith(failure);

        assertThat(fails(() -> calls.remote().execute(remote))).isSameAs(failure);

        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.time.sleeps()).isEmpty();
        assertThat(suppressed).containsExactly("remote budget");
        assertThat(calls.pipeline().counts().of(Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void a_fallback_is_told_the_reason_of_the_failure_and_not_that_of_the_budget() throws Exception {
        TestCalls calls = calls("retry-budget.ratio=0", "retry-budget.min-per-second=0");
        Object answer = calls.remote()
                .execute(thatFailsWith(new IOException()), failure -> failure.reason() + " " + failure.attempts());
        assertThat(answer).isEqualTo(FailureReason.EXCEPTION + " 1");
    }

    @Test
    void in_an_outage_retries_are_what_the_calls_allow() {
        TestCalls calls = calls(
                "retry.max-attempts=3",
                "retry.backoff.delay=0",
                "circuit-breaker.enabled=false",
                "retry-budget.min-per-second=1",
                "retry-budget.window=10s");
        Remote remote = thatFailsWith(new IOException());
        for (int i = 0; i < 500; i++) {
            fails(() -> calls.remote().execute(remote));
            calls.time.advance(java.time.Duration.ofMillis(10));
        }
        int retries = remote.attempts() - 500;
        assertThat(retries).isBetween(100, 110);
    }

    @Test
    void a_budget_that_is_switched_off_limits_nothing() {
        TestCalls calls = calls("retry-budget.enabled=false", "retry-budget.ratio=0", "retry-budget.min-per-second=0");
        Remote remote = thatFailsWith(new IOException());
        fails(() -> calls.remote().execute(remote));
        assertThat(remote.attempts()).isEqualTo(3);
        assertThat(calls.pipeline().parts().retryBudget()).isNull();
    }

    @Test
    void no_token_is_taken_for_a_retry_that_would_not_be_made_anyway() {
        TestCalls calls = calls("retry.max-attempts=3", "timeout.total=100ms");
        fails(() -> calls.remote().execute(thatFailsWith(new IOException())));
        fails(() -> calls.remote().execute(thatFailsWith(new IllegalArgumentException())));
        assertThat(calls.pipeline().parts().retryBudget().available()).isEqualTo(100);
        assertThat(suppressed).isEmpty();
    }

    @Test
    void eight_threads_in_an_outage_retry_no_more_than_calls_and_reserve_allow() throws Exception {
        TestCalls calls = TestCalls.with(
                "retry.max-attempts=4",
                "retry.backoff.delay=0",
                "circuit-breaker.enabled=false",
                "retry-budget.window=60s",
                "retry-budget.min-per-second=1");
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int thread = 0; thread < 8; thread++) {
            threads.submit(() -> {
                start.await();
                for (int i = 0; i < 1000; i++) {
                    fails(() -> calls.remote().execute(() -> {
                        attempts.incrementAndGet();
                        throw new IOException();
                    }));
                }
                return null;
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        // the last eight calls are counted when they have ended, so their part may never have been asked for
        assertThat(attempts.get() - 8000).isBetween(8000 / 5 + 60 - 8, 8000 / 5 + 60);
    }

    @Test
    void a_call_within_the_retries_of_another_makes_one_attempt() {
        TestCalls calls = calls("resilience.calls.inner.retry.max-attempts=5");
        Remote remote = thatFailsWith(new IOException());

        fails(() -> calls.remote().execute(() -> calls.call("inner").execute(remote)));

        assertThat(remote.attempts()).as("three of the outer call").isEqualTo(3);
        assertThat(suppressed).containsExactly("inner nested", "inner nested", "inner nested");
    }

    @Test
    void a_call_two_levels_down_makes_one_attempt_too_though_the_one_between_does_not_retry() {
        TestCalls calls = calls("resilience.calls.middle.retry.enabled=false");
        Remote remote = thatFailsWith(new IOException());
        fails(() -> calls.remote()
                .execute(() ->
                        calls.call("middle").execute(() -> calls.call("inner").execute(remote))));
        assertThat(remote.attempts()).isEqualTo(3);
    }

    @Test
    void a_call_cannot_allow_what_one_around_it_does_not() {
        TestCalls calls = calls("resilience.calls.middle.nested-retries=allow");
        Remote remote = thatFailsWith(new IOException());
        fails(() -> calls.remote()
                .execute(() ->
                        calls.call("middle").execute(() -> calls.call("inner").execute(remote))));
        assertThat(remote.attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "an unknown outcome is the inner call's to try again, java.io.IOException, 3",
        "a request that never left is tried again by the outer call, java.net.ConnectException, 2"
    })
    void within_a_call_that_is_not_idempotent(String rule, Class<? extends Exception> thrown, int attempts)
            throws Exception {
        TestCalls calls = calls("idempotent=false", "retry.max-attempts=2");
        Remote remote = thatFailsWith(thrown.getConstructor().newInstance());
        fails(() -> calls.remote().execute(() -> calls.call("inner").execute(remote)));
        assertThat(remote.attempts()).as(rule).isEqualTo(attempts);
    }

    @Test
    void an_idempotent_call_around_tries_again_for_all_that_are_further_inside() {
        TestCalls calls = calls("retry.max-attempts=2", "resilience.calls.middle.idempotent=false");
        Remote remote = thatFailsWith(new IOException());
        fails(() -> calls.remote()
                .execute(() ->
                        calls.call("middle").execute(() -> calls.call("inner").execute(remote))));
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void nested_retries_can_be_allowed() {
        TestCalls calls = calls("nested-retries=allow", "resilience.calls.inner.retry.max-attempts=2");
        Remote remote = thatFailsWith(new IOException());
        fails(() -> calls.remote().execute(() -> calls.call("inner").execute(remote)));
        assertThat(remote.attempts()).isEqualTo(3 * 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry.enabled=false", "retry.max-attempts=1"})
    void a_call_that_does_not_retry_leaves_those_inside_of_it_alone(String property) {
        TestCalls calls = calls(property);
        Remote remote = thatFailsWith(new IOException());
        fails(() -> calls.remote().execute(() -> calls.call("inner").execute(remote)));
        assertThat(remote.attempts()).isEqualTo(3);
    }

    @Test
    void a_nested_call_on_a_worker_thread_makes_one_attempt_and_the_worker_forgets_it() {
        TestCalls calls = calls("timeout.per-attempt=1s", "timeout.runs-on=worker", "retry.max-attempts=2");
        Remote remote = thatFailsWith(new IOException());
        List<RetriesInside> within = new ArrayList<>();
        fails(() -> calls.remote().execute(() -> {
            within.add(CallScope.ofThread().nestedRetries());
            return calls.call("inner").execute(remote);
        }));
        assertThat(remote.attempts()).isEqualTo(2);
        assertThat(within).containsExactly(RetriesInside.SUPPRESSED, RetriesInside.SUPPRESSED);
    }

    @Test
    void the_fallback_of_a_call_is_no_longer_within_its_retries() throws Exception {
        TestCalls calls = calls();
        Remote other = thatFailsWith(new IOException());
        calls.remote().execute(thatFailsWith(new IOException()), failure -> {
            fails(() -> calls.call("inner").execute(other));
            return "answer";
        });
        assertThat(other.attempts()).isEqualTo(3);
    }

    @Test
    void after_the_call_the_thread_is_as_it_was_whatever_way_it_ended() throws Exception {
        TestCalls calls = calls();
        calls.remote().execute(() -> "answer");
        fails(() -> calls.remote().execute(thatFailsWith(new OutOfMemoryError())));
        assertThat(CallScope.capture()).isSameAs(CallScope.Captured.NONE);
    }

    @Test
    void a_scope_can_be_taken_to_another_thread() throws Exception {
        TestCalls calls = calls("timeout.total=5s", "retry.max-attempts=2");
        Remote remote = thatFailsWith(new IOException());
        List<Long> deadlines = new ArrayList<>();
        fails(() -> calls.remote().execute(() -> {
            CallScope.Captured scope = CallScope.capture();
            Thread thread = new Thread(() -> {
                try (CallScope.Binding bound = CallScope.bind(scope)) {
                    deadlines.add(CallScope.capture().remaining(calls.time));
                    fails(() -> calls.call("inner").execute(remote));
                }
                deadlines.add(CallScope.ofThread().deadline);
            });
            thread.start();
            thread.join();
            throw new IOException();
        }));
        assertThat(remote.attempts()).isEqualTo(2);
        assertThat(deadlines.subList(0, 2)).containsExactly(ofSeconds(5).toNanos(), CallScope.NO_DEADLINE);
    }
}
