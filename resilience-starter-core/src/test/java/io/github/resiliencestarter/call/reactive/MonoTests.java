package io.github.resiliencestarter.call.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.TestCalls;
import io.github.resiliencestarter.VerifiedInTime;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

@VerifiedInTime
class MonoTests {

    private static final IOException DOWN = new IOException("down");

    @Test
    void nothing_happens_before_somebody_subscribes_and_each_subscription_is_a_call() {
        TestCalls calls = TestCalls.with();
        ReactiveRemote remote = ReactiveRemote.answering(Mono.just("answer"));
        Mono<String> answer = remote.mono(calls);
        assertThat(remote.attempts()).isZero();
        StepVerifier.create(answer).expectNext("answer").verifyComplete();
        StepVerifier.create(answer).expectNext("answer").verifyComplete();
        assertThat(count(calls, Outcome.SUCCESS)).isEqualTo(2);
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void it_begins_when_the_subscriber_asks() {
        TestCalls calls = TestCalls.with();
        ReactiveRemote remote = ReactiveRemote.answering(Mono.just("answer"));
        StepVerifier.create(remote.mono(calls), 0)
                .then(() -> assertThat(remote.attempts()).isZero())
                .thenRequest(1)
                .expectNext("answer")
                .verifyComplete();
    }

    @Test
    void an_empty_one_is_a_success() {
        TestCalls calls = TestCalls.with();
        StepVerifier.create(ReactiveRemote.answering(Mono.empty()).mono(calls)).verifyComplete();
        assertThat(count(calls, Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void each_attempt_calls_the_method_anew_after_a_back_off_on_the_clock() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.backoff.delay=200ms");
        ReactiveRemote remote = ReactiveRemote.answering(Mono.error(DOWN), Mono.error(DOWN), Mono.just("answer"));
        StepVerifier.create(remote.mono(calls))
                .then(() -> calls.time.advance(Duration.ofMillis(199)))
                .then(() -> assertThat(remote.attempts()).isEqualTo(1))
                .then(() -> calls.time.advance(Duration.ofMillis(1)))
                .then(() -> assertThat(remote.attempts()).isEqualTo(2))
                .then(() -> calls.time.advance(Duration.ofMillis(400)))
                .expectNext("answer")
                .verifyComplete();
        assertThat(calls.time.sleeps()).as("nobody sleeps").isEmpty();
        assertThat(count(calls, Outcome.RECOVERED)).isEqualTo(1);
    }

    @Test
    void earlier_failures_are_suppressed_in_the_last_one() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.max-attempts=2", "retry.backoff.delay=0");
        IOException last = new IOException("last");
        StepVerifier.create(ReactiveRemote.answering(Mono.error(DOWN), Mono.error(last))
                        .mono(calls))
                .verifyErrorSatisfies(thrown -> {
                    assertThat(thrown).isSameAs(last);
                    assertThat(thrown.getSuppressed()).containsExactly(DOWN);
                });
    }

    @Test
    void a_fallback_answers_with_a_mono_or_with_the_value() {
        TestCalls calls = TestCalls.with("retry.enabled=false");
        ReactiveRemote remote = ReactiveRemote.answering(Mono.error(DOWN));
        StepVerifier.create(remote.withFallback(failure -> Mono.just("later")).mono(calls))
                .expectNext("later")
                .verifyComplete();
        StepVerifier.create(remote.withFallback(failure -> "at once").mono(calls))
                .expectNext("at once")
                .verifyComplete();
        assertThat(count(calls, Outcome.FALLBACK)).isEqualTo(2);
    }

    @Test
    void if_the_fallback_fails_the_original_is_kept() {
        TestCalls calls = TestCalls.with("retry.enabled=false");
        IllegalStateException second = new IllegalStateException("no shelter");
        StepVerifier.create(ReactiveRemote.answering(Mono.error(DOWN))
                        .withFallback(failure -> Mono.error(second))
                        .mono(calls))
                .verifyErrorSatisfies(
                        thrown -> assertThat(thrown.getSuppressed()).containsExactly(DOWN));
    }

    @Test
    void an_open_circuit_rejects_without_an_attempt() {
        TestCalls calls = TestCalls.with();
        calls.breaker().transitionToForcedOpenState();
        ReactiveRemote remote = ReactiveRemote.answering(Mono.just("answer"));
        StepVerifier.create(remote.mono(calls)).verifyError(CallNotPermittedException.class);
        assertThat(remote.attempts()).isZero();
    }

    @Test
    void an_attempt_times_out_and_its_source_is_cancelled() {
        TestCalls calls = TestCalls.with("retry.enabled=false", "timeout.per-attempt=1s");
        TestPublisher<String> silent = TestPublisher.create();
        StepVerifier.create(ReactiveRemote.answering(silent.mono()).mono(calls))
                .then(() -> calls.time.advance(Duration.ofSeconds(1)))
                .verifyError(AttemptTimeoutException.class);
        silent.assertCancelled();
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_subscriber_who_gives_up_cancels_the_attempt_and_gives_every_permit_back() {
        TestCalls calls = TestCalls.with("bulkhead.max-concurrent-calls=1");
        TestPublisher<String> silent = TestPublisher.create();
        ReactiveRemote remote = ReactiveRemote.answering(silent.mono()).withFallback(failure -> "fallback");
        Disposable subscription = remote.mono(calls).subscribe();
        StepVerifier.create(ReactiveRemote.answering(Mono.just("")).mono(calls))
                .verifyError(BulkheadFullException.class);
        subscription.dispose();
        silent.assertCancelled();
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(count(calls, Outcome.CANCELLED)).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
        StepVerifier.create(ReactiveRemote.answering(Mono.just("answer")).mono(calls))
                .expectNext("answer")
                .verifyComplete();
    }

    @Test
    void a_trial_that_is_cancelled_gives_its_permit_back() {
        TestCalls calls = TestCalls.with("circuit-breaker.permitted-number-of-calls-in-half-open-state=1");
        calls.breaker().transitionToOpenState();
        calls.breaker().transitionToHalfOpenState();
        ReactiveRemote.answering(Mono.never()).mono(calls).subscribe().dispose();
        StepVerifier.create(ReactiveRemote.answering(Mono.just("answer")).mono(calls))
                .expectNext("answer")
                .verifyComplete();
        assertThat(calls.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void cancelling_during_the_back_off_is_the_end() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.backoff.delay=1s");
        ReactiveRemote remote = ReactiveRemote.answering(Mono.error(DOWN));
        remote.mono(calls).subscribe().dispose();
        calls.time.advance(Duration.ofMinutes(1));
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.time.pending()).isZero();
    }

    @Test
    void the_subscribers_context_reaches_every_attempt_and_the_fallback() {
        TestCalls calls = TestCalls.with("idempotent=true", "retry.max-attempts=2", "retry.backoff.delay=0");
        Mono<String> user = Mono.deferContextual(context -> Mono.error(new IOException(context.<String>get("user"))));
        StepVerifier.create(ReactiveRemote.answering(user)
                        .withFallback(failure -> Mono.deferContextual(
                                context -> Mono.just(failure.exception().getMessage() + " and " + context.get("user"))))
                        .mono(calls)
                        .contextWrite(Context.of("user", "ann")))
                .expectNext("ann and ann")
                .verifyComplete();
    }

    @Test
    void a_nested_mono_inherits_the_deadline_through_the_context_on_whichever_thread_it_is_subscribed() {
        TestCalls calls =
                TestCalls.with("retry.enabled=false", "timeout.total=1s", "resilience.calls.inner.timeout.total=1h");
        Sinks.Empty<Void> elsewhere = Sinks.empty();
        Mono<String> millisLeft = Mono.deferContextual(context -> Mono.just(
                Duration.ofNanos(context.<CallScope.Captured>get(CallScope.KEY).remaining(calls.time))
                                .toMillis() + " ms left"));
        Mono<String> inner = ReactiveRemote.answering(millisLeft).named("inner").mono(calls);
        StepVerifier.create(
                        ReactiveRemote.answering(elsewhere.asMono().then(inner)).mono(calls))
                .then(() -> calls.time.advance(Duration.ofMillis(400)))
                .then(elsewhere::tryEmitEmpty)
                .expectNext("600 ms left")
                .verifyComplete();
        assertThat(CallScope.capture()).as("nothing stays behind").isSameAs(CallScope.Captured.NONE);
    }

    @Test
    void a_call_around_that_tries_again_leaves_one_attempt_to_the_calls_inside() {
        TestCalls calls = TestCalls.with(
                "idempotent=true",
                "retry.max-attempts=2",
                "retry.backoff.delay=0",
                "resilience.calls.inner.idempotent=true",
                "resilience.calls.inner.retry.backoff.delay=0");
        ReactiveRemote inner =
                ReactiveRemote.answering(Mono.<String>error(DOWN)).named("inner");
        StepVerifier.create(ReactiveRemote.answering(inner.mono(calls)).mono(calls))
                .verifyError(IOException.class);
        assertThat(inner.attempts()).isEqualTo(2);
    }

    @Test
    void the_method_that_throws_at_once_or_returns_null_is_a_failed_attempt() {
        TestCalls calls = TestCalls.with("retry.enabled=false");
        StepVerifier.create(new ReactiveRemote().mono(calls))
                .verifyErrorSatisfies(thrown -> assertThat(thrown)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageContaining("'remote'"));
        assertThat(count(calls, Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void an_answer_after_the_timeout_is_dropped() {
        TestCalls calls = TestCalls.with("retry.enabled=false", "timeout.per-attempt=1s");
        AtomicBoolean cancelled = new AtomicBoolean();
        Sinks.One<String> late = Sinks.one();
        StepVerifier.create(ReactiveRemote.answering(late.asMono().doOnCancel(() -> cancelled.set(true)))
                        .mono(calls))
                .then(() -> calls.time.advance(Duration.ofSeconds(1)))
                .then(() -> late.tryEmitValue("late"))
                .verifyError(AttemptTimeoutException.class);
        assertThat(cancelled).isTrue();
    }

    private static long count(TestCalls calls, Outcome outcome) {
        return calls.pipeline().counts().of(outcome);
    }
}
