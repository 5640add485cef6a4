package io.github.resiliencestarter.call.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.TestCalls;
import io.github.resiliencestarter.VerifiedInTime;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.RetriesInside;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

@VerifiedInTime
class FluxTests {

    private static final IOException DOWN = new IOException("down");

    @Test
    void elements_go_through_as_they_come_and_the_end_is_a_success() {
        TestCalls calls = TestCalls.with();
        ReactiveRemote remote = ReactiveRemote.answering(Flux.just("a", "b"));
        Flux<String> answer = remote.flux(calls);
        assertThat(remote.attempts()).isZero();
        StepVerifier.create(answer).expectNext("a", "b").verifyComplete();
        assertThat(count(calls, Outcome.SUCCESS)).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @Test
    void before_the_first_element_it_is_tried_again() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.backoff.delay=0");
        ReactiveRemote remote = ReactiveRemote.answering(Flux.error(DOWN), Flux.error(DOWN), Flux.just("a", "b"));
        StepVerifier.create(remote.flux(calls)).expectNext("a", "b").verifyComplete();
        assertThat(count(calls, Outcome.RECOVERED)).isEqualTo(1);
    }

    @Test
    void before_the_first_element_a_fallback_answers() {
        TestCalls calls = TestCalls.with("retry.enabled=false");
        ReactiveRemote remote = ReactiveRemote.answering(Flux.error(DOWN));
        StepVerifier.create(remote.withFallback(failure -> Flux.just("x", "y")).flux(calls))
                .expectNext("x", "y")
                .verifyComplete();
    }

    @Test
    void after_the_first_element_a_failure_is_recorded_and_passed_on_without_retry_and_fallback() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.backoff.delay=0");
        ReactiveRemote remote = ReactiveRemote.answering(Flux.just("a").concatWith(Mono.error(DOWN)))
                .withFallback(failure -> Flux.just("x"));
        StepVerifier.create(remote.flux(calls))
                .expectNext("a")
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(DOWN));
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(count(calls, Outcome.FAILED)).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void what_the_subscriber_asks_for_is_what_the_source_is_asked_for_in_every_attempt() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.backoff.delay=0");
        List<Long> asked = new ArrayList<>();
        Flux<String> fails = Flux.<String>error(DOWN).doOnRequest(asked::add);
        Flux<String> answers = Flux.just("a", "b", "c").doOnRequest(asked::add);
        StepVerifier.create(ReactiveRemote.answering(fails, answers).flux(calls), 2)
                .expectNext("a", "b")
                .thenRequest(1)
                .expectNext("c")
                .verifyComplete();
        assertThat(asked).containsExactly(2L, 2L, 1L);
    }

    @Test
    void the_timeout_of_an_attempt_bounds_the_time_to_the_first_element() {
        TestCalls calls = TestCalls.with("retry.enabled=false", "timeout.per-attempt=1s");
        TestPublisher<String> slow = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(slow.flux()).flux(calls))
                .then(() -> calls.time.advance(Duration.ofMillis(999)))
                .then(() -> slow.next("a"))
                .expectNext("a")
                .then(() -> calls.time.advance(Duration.ofHours(1)))
                .then(() -> slow.next("b").complete())
                .expectNext("b")
                .verifyComplete();
        TestPublisher<String> silent = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(silent.flux()).flux(calls))
                .then(() -> calls.time.advance(Duration.ofSeconds(1)))
                .verifyError(AttemptTimeoutException.class);
        silent.assertCancelled();
    }

    @Test
    void the_total_bounds_the_whole_stream() {
        TestCalls calls = TestCalls.with("retry.enabled=false", "timeout.per-attempt=1s", "timeout.total=10s");
        TestPublisher<String> slow = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(slow.flux()).flux(calls))
                .then(() -> slow.next("a"))
                .expectNext("a")
                .then(() -> calls.time.advance(Duration.ofMillis(9_999)))
                .then(() -> slow.next("b"))
                .expectNext("b")
                .then(() -> calls.time.advance(Duration.ofMillis(1)))
                .verifyErrorSatisfies(thrown -> assertThat(thrown)
                        .isInstanceOf(AttemptTimeoutException.class)
                        .hasMessageContaining("10000 ms"));
        slow.assertCancelled();
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_stream_within_a_call_ends_with_the_deadline_of_that_call() {
        TestCalls calls = TestCalls.with("timeout.total=1h");
        TestPublisher<String> slow = TestPublisher.create();
        long inOneSecond = calls.time.nanoTime() + Duration.ofSeconds(1).toNanos();
        StepVerifier.create(ReactiveRemote.answering(slow.flux())
                        .flux(calls)
                        .contextWrite(
                                Context.of(CallScope.KEY, new CallScope.Captured(inOneSecond, RetriesInside.ALLOWED))))
                .then(() -> slow.next("a"))
                .expectNext("a")
                .then(() -> calls.time.advance(Duration.ofSeconds(1)))
                .verifyError(DeadlineExceededException.class);
        slow.assertCancelled();
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
        assertThat(count(calls, Outcome.REJECTED)).isEqualTo(1);
    }

    @Test
    void when_the_stream_has_ended_no_alarm_stays_set() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=1s", "timeout.total=10s");
        StepVerifier.create(ReactiveRemote.answering(Flux.just("a", "b")).flux(calls))
                .expectNextCount(2)
                .verifyComplete();
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void how_slow_a_stream_is_is_the_time_to_its_first_element() {
        TestCalls calls = TestCalls.with("circuit-breaker.slow-call-duration-threshold=2s");
        TestPublisher<String> slow = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(slow.flux()).flux(calls))
                .then(() -> calls.time.advance(Duration.ofSeconds(1)))
                .then(() -> slow.next("a"))
                .expectNext("a")
                .then(() -> calls.time.advance(Duration.ofHours(1)))
                .then(slow::complete)
                .verifyComplete();
        assertThat(calls.breaker().getMetrics().getNumberOfSlowCalls()).isZero();
        assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @Test
    void a_subscriber_who_gives_up_before_the_first_element_has_cancelled_the_call() {
        TestCalls calls = TestCalls.with("bulkhead.max-concurrent-calls=1");
        TestPublisher<String> silent = TestPublisher.create();
        Disposable subscription =
                ReactiveRemote.answering(silent.flux()).flux(calls).subscribe();
        subscription.dispose();
        silent.assertCancelled();
        assertThat(count(calls, Outcome.CANCELLED)).isEqualTo(1);
        assertThat(calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(1);
    }

    @Test
    void a_subscriber_who_has_had_enough_has_been_answered_so_a_trial_of_a_circuit_comes_to_its_end() {
        TestCalls calls = TestCalls.with(
                "bulkhead.max-concurrent-calls=1", "circuit-breaker.permitted-number-of-calls-in-half-open-state=1");
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        TestPublisher<String> endless = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(endless.flux()).flux(calls).take(1))
                .then(() -> endless.next("a"))
                .expectNext("a")
                .verifyComplete();
        endless.assertCancelled();
        assertThat(count(calls, Outcome.SUCCESS)).isEqualTo(1);
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(calls.bulkheads.bulkhead("remote").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(1);
    }

    @Test
    void an_empty_stream_is_a_success() {
        TestCalls calls = TestCalls.with();
        StepVerifier.create(ReactiveRemote.answering(Flux.empty()).flux(calls)).verifyComplete();
        assertThat(count(calls, Outcome.SUCCESS)).isEqualTo(1);
    }

    private static long count(TestCalls calls, Outcome outcome) {
        return calls.pipeline().counts().of(outcome);
    }

    @Test
    void the_stream_of_a_fallback_may_outlast_the_total_of_the_call_that_it_answers_for() {
        TestCalls calls = TestCalls.with("retry.enabled=false", "timeout.total=10s");
        TestPublisher<String> fallback = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(Flux.<String>never())
                        .withFallback(failure -> fallback.flux())
                        .flux(calls))
                .then(() -> calls.time.advance(Duration.ofSeconds(10)))
                .then(() -> fallback.next("a"))
                .expectNext("a")
                .then(() -> calls.time.advance(Duration.ofMinutes(1)))
                .then(() -> fallback.next("b").complete())
                .expectNext("b")
                .expectComplete()
                .verify(Duration.ofSeconds(10));
        assertThat(count(calls, Outcome.FALLBACK)).isEqualTo(1);
    }

    @Test
    void calls_inside_a_stream_inherit_the_time_of_the_stream_and_not_that_to_its_first_element() {
        TestCalls calls = TestCalls.with(
                "retry.enabled=false",
                "timeout.per-attempt=1s",
                "timeout.total=1h",
                "resilience.calls.page.timeout.per-attempt=1m");
        TestPublisher<String> pages = TestPublisher.create();
        ReactiveRemote page = ReactiveRemote.answering(Mono.just("page")).named("page");
        Flux<String> all = pages.flux().concatMap(each -> page.mono(calls));
        StepVerifier.create(ReactiveRemote.answering(all).flux(calls))
                .then(() -> pages.next("1"))
                .expectNext("page")
                .then(() -> calls.time.advance(Duration.ofSeconds(2)))
                .then(() -> pages.next("2").complete())
                .expectNext("page")
                .verifyComplete();
    }

    @Test
    void a_trial_of_a_circuit_is_over_with_the_first_element_so_endless_streams_do_not_keep_it_half_open() {
        TestCalls calls = TestCalls.with("circuit-breaker.permitted-number-of-calls-in-half-open-state=1");
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        TestPublisher<String> endless = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(endless.flux()).flux(calls))
                .then(() -> endless.next("a"))
                .expectNext("a")
                .then(() -> assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED))
                .then(() -> assertThat(calls.breaker().getMetrics().getNumberOfSuccessfulCalls())
                        .isZero())
                .then(endless::complete)
                .verifyComplete();
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls())
                .as("its success was counted already")
                .isZero();
    }

    @Test
    void a_trial_whose_stream_fails_after_the_first_element_is_a_failure_of_the_closed_circuit() {
        TestCalls calls = TestCalls.with("circuit-breaker.permitted-number-of-calls-in-half-open-state=1");
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        StepVerifier.create(ReactiveRemote.answering(Flux.just("a").concatWith(Mono.error(DOWN)))
                        .flux(calls))
                .expectNext("a")
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(DOWN));
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void what_a_subscriber_does_with_an_element_is_not_within_the_attempt() {
        TestCalls calls = TestCalls.with("timeout.per-attempt=1s", "timeout.total=5s", "idempotent=true");
        List<CallScope.Captured> scopes = new ArrayList<>();
        ReactiveRemote.answering(Flux.just("a", "b"))
                .flux(calls)
                .doOnNext(element -> scopes.add(CallScope.capture()))
                .doOnComplete(() -> scopes.add(CallScope.capture()))
                .blockLast();
        ReactiveRemote.answering(Mono.just("a"))
                .mono(calls)
                .doOnNext(element -> scopes.add(CallScope.capture()))
                .block();
        assertThat(scopes).hasSize(4).containsOnly(CallScope.Captured.NONE);
    }
}
