package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When another attempt is started beside the first, and which failure ends the call; the same for both kinds of methods. */
class HedgeRulesTests {

    private static final String ALONE = "retry.enabled=false";

    private final AsyncRemote remote = new AsyncRemote();
    private final List<String> suppressed = new ArrayList<>();
    private final CallObserver observer = new CallObserver() {
        @Override
        public void completed(Execution execution) {}

        @Override
        public void suppressed(Execution execution, Throwable failure, RetrySuppression reason) {
            suppressed.add(execution.call() + " " + reason + " " + failure);
        }
    };

    private TestCalls calls(String... more) {
        List<String> properties = new ArrayList<>(List.of("hedge.delay=200ms"));
        properties.addAll(Arrays.asList(more));
        return TestCalls.with(List.of((plan, counts) -> observer), properties.toArray(String[]::new));
    }

    private CompletableFuture<String> hedged(TestCalls calls) {
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(200));
        assertThat(remote.attempts()).isEqualTo(2);
        return answer;
    }

    @ParameterizedTest
    @CsvSource({"OPEN, 1", "FORCED_OPEN, 1", "HALF_OPEN, 1", "CLOSED, 2", "DISABLED, 2", "METRICS_ONLY, 2"})
    void a_circuit_that_has_opened_meanwhile_keeps_the_hedge_from_being_started(
            CircuitBreaker.State state, int attempts) {
        TestCalls calls = calls(ALONE);
        calls.remote().executeAsync(remote);
        switch (state) {
            case OPEN -> calls.breaker().transitionToOpenState();
            case FORCED_OPEN -> calls.breaker().transitionToForcedOpenState();
            case HALF_OPEN -> {
                calls.breaker().transitionToOpenState();
                calls.breaker().transitionToHalfOpenState();
            }
            case CLOSED -> {}
            case DISABLED -> calls.breaker().transitionToDisabledState();
            case METRICS_ONLY -> calls.breaker().transitionToMetricsOnlyState();
        }
        calls.time.advance(ofMillis(200));
        assertThat(remote.attempts()).isEqualTo(attempts);
        assertThat(suppressed).as("that was not a matter of load").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry.enabled=false", "retry.max-attempts=3"})
    void a_call_within_the_retries_of_another_is_not_hedged_whether_it_retries_itself_or_not(String retry) {
        TestCalls calls = calls(retry);
        calls.call("outer").executeAsync(() -> calls.remote().executeAsync(remote));
        calls.time.advance(ofMillis(200));
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(suppressed).containsExactly("remote NESTED null");
        assertThat(calls.pipeline().parts().retryBudget().available())
                .as("no token was taken")
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry.enabled=false", "nested-retries=allow"})
    void a_call_within_one_that_does_not_suppress_is_hedged(String ofOuter) {
        TestCalls calls = calls(ALONE, "resilience.calls.outer." + ofOuter);
        calls.call("outer").executeAsync(() -> calls.remote().executeAsync(remote));
        calls.time.advance(ofMillis(200));
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void the_retries_of_the_call_itself_do_not_suppress_its_hedges() {
        TestCalls calls = calls("retry.max-attempts=2");
        hedged(calls);
        assertThat(suppressed).isEmpty();
    }

    @Test
    void observers_are_told_of_a_hedge_that_the_budget_has_no_token_for() {
        TestCalls calls = calls(ALONE, "retry-budget.ratio=0", "retry-budget.min-per-second=0");
        calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(200));
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(suppressed).containsExactly("remote BUDGET null");
    }

    @Test
    void where_the_delay_is_a_quantile_that_is_not_known_yet_there_is_no_hedge() {
        TestCalls calls = calls(ALONE, "hedge.delay=p95");
        calls.remote().executeAsync(remote);
        assertThat(calls.time.pending()).isZero();
        calls.time.advance(ofHours(1));
        assertThat(remote.attempts()).isEqualTo(1);
    }

    @Test
    void an_attempt_that_somebody_cancels_ends_the_call_and_the_other_attempt() {
        TestCalls calls = calls(ALONE);
        CompletableFuture<String> answer = hedged(calls);
        remote.attempt(2).cancel(true);
        assertThat(answer).isCancelled();
        assertThat(remote.attempt(1)).isCancelled();
    }

    @Test
    void an_attempt_that_is_interrupted_ends_the_call_and_the_other_attempt() {
        TestCalls calls = calls(ALONE);
        CompletableFuture<String> answer = hedged(calls);
        remote.attempt(2).completeExceptionally(new InterruptedException());
        assertThat(failureOf(answer)).isInstanceOf(InterruptedException.class);
        assertThat(remote.attempt(1)).isCancelled();
    }

    @Test
    void a_failure_that_ends_the_call_keeps_what_failed_before() {
        TestCalls calls = calls(ALONE);
        CompletableFuture<String> answer = hedged(calls);
        IOException before = new IOException();
        StackOverflowError error = new StackOverflowError();
        remote.attempt(2).completeExceptionally(before);
        remote.attempt(1).completeExceptionally(error);
        assertThat(failureOf(answer)).isSameAs(error).hasSuppressedException(before);
    }

    @Test
    void a_hedge_that_would_begin_when_the_whole_call_is_over_is_not_started() {
        TestCalls calls = calls(ALONE, "timeout.total=1s", "hedge.max=8", "hedge.delay=500ms");
        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        calls.time.advance(ofMillis(500));
        assertThat(remote.attempts()).isEqualTo(2);
        calls.time.advance(ofMillis(500));
        assertThat(answer).isCompletedExceptionally();
        assertThat(remote.attempts()).isEqualTo(2);
        assertThat(calls.pipeline().counts().hedgesStarted()).isEqualTo(1);
        assertThat(calls.pipeline().parts().retryBudget().available()).isEqualTo(99);
        assertThat(calls.time.pending()).isZero();
    }
}
