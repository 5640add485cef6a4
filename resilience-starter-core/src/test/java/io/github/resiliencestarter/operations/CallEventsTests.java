package io.github.resiliencestarter.operations;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.ResilientCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

@ExtendWith(OutputCaptureExtension.class)
class CallEventsTests {

    private final ApplicationContextRunner host = host().withBean(Remote.class)
            .withPropertyValues(
                    "resilience.defaults.retry.backoff.delay=1ms", "resilience.defaults.retry.backoff.jitter=0");
    private final ApplicationContextRunner listening = host.withBean(Listener.class);

    static class Listener {
        final List<ResilienceEvent> events = new ArrayList<>();

        @EventListener
        void on(ResilienceEvent event) {
            events.add(event);
        }
    }

    static class ThrowingListener {
        @EventListener
        void on(CallRetried event) {
            throw new IllegalStateException("listener");
        }
    }

    @Test
    void a_success_publishes_nothing() {
        listening.run(context -> {
            context.getBean(Remote.class).plain();
            assertThat(context.getBean(Listener.class).events).isEmpty();
        });
    }

    @Test
    void each_retry_and_the_recovery_are_events() {
        listening.run(context -> {
            context.getBean(Remote.class).failsTimes(1);
            context.getBean(Remote.class).plain();
            assertThat(context.getBean(Listener.class).events)
                    .satisfiesExactly(
                            first -> assertThat((CallRetried) first).satisfies(retried -> {
                                assertThat(retried.call()).isEqualTo("plain");
                                assertThat(retried.attempt()).isEqualTo(1);
                                assertThat(retried.delay()).isEqualTo(Duration.ofMillis(1));
                                assertThat(retried.exception()).isInstanceOf(IOException.class);
                                assertThat(retried.outcome()).isEqualTo(CallOutcome.UNKNOWN);
                            }),
                            second -> assertThat((CallRecovered) second).satisfies(recovered -> {
                                assertThat(recovered.call()).isEqualTo("plain");
                                assertThat(recovered.attempts()).isEqualTo(2);
                                assertThat(recovered.elapsed()).isPositive();
                                assertThat(recovered.time())
                                        .isBetween(Instant.now().minusSeconds(60), Instant.now());
                            }));
        });
    }

    @Test
    void a_failure_is_one_event_with_the_original_exception() {
        listening.run(context -> {
            Remote remote = context.getBean(Remote.class);
            remote.failsTimes(3);
            assertThatThrownBy(remote::wrapped).isInstanceOf(Remote.StorageException.class);
            CallFailed failed = last(context.getBean(Listener.class), CallFailed.class);
            assertThat(failed.call()).isEqualTo("wrapped");
            assertThat(failed.attempts()).isEqualTo(3);
            assertThat(failed.reason()).isEqualTo(FailureReason.EXCEPTION);
            assertThat(failed.exception()).isInstanceOf(IOException.class);
            assertThat(failed.outcome()).isEqualTo(CallOutcome.UNKNOWN);
        });
    }

    @Test
    void an_answer_of_the_fallback_is_an_event_with_what_made_it_necessary() {
        listening.run(context -> {
            context.getBean(Remote.class).failsTimes(3);
            context.getBean(Remote.class).guarded();
            CallFellBack fellBack = last(context.getBean(Listener.class), CallFellBack.class);
            assertThat(fellBack.reason()).isEqualTo(FailureReason.EXCEPTION);
            assertThat(fellBack.attempts()).isEqualTo(3);
            assertThat(fellBack.exception()).isInstanceOf(IOException.class);
        });
    }

    @Test
    void a_rejection_follows_the_change_of_the_circuit() {
        listening.run(context -> {
            Remote remote = context.getBean(Remote.class);
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("plain")
                    .transitionToOpenState();
            assertThatThrownBy(remote::plain).isInstanceOf(CallNotPermittedException.class);
            assertThat(context.getBean(Listener.class).events)
                    .satisfiesExactly(
                            first -> assertThat((CircuitStateChanged) first)
                                    .extracting("call", "circuitBreaker", "from", "to")
                                    .containsExactly("plain", "plain", State.CLOSED, State.OPEN),
                            second -> assertThat((CallRejected) second)
                                    .extracting("call", "reason", "attempts")
                                    .containsExactly("plain", FailureReason.CIRCUIT_OPEN, 0));
        });
    }

    @Test
    void a_breaker_that_several_calls_borrow_is_followed_once_and_told_for_each() {
        listening
                .withPropertyValues(
                        "resilience4j.circuitbreaker.instances.shared.sliding-window-size=10",
                        "resilience.calls.one.circuit-breaker.instance=shared",
                        "resilience.calls.two.circuit-breaker.instance=shared")
                .run(context -> {
                    context.getBean(ResilientCalls.class).call("one");
                    context.getBean(ResilientCalls.class).call("two");
                    context.getBean(CircuitBreakerRegistry.class)
                            .circuitBreaker("shared")
                            .transitionToOpenState();
                    assertThat(context.getBean(Listener.class).events)
                            .extracting(event -> ((CircuitStateChanged) event).call())
                            .containsExactlyInAnyOrder("one", "two");
                });
    }

    @Test
    void a_breaker_that_takes_the_place_of_another_is_followed_too() {
        listening.run(context -> {
            CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
            var config = registry.circuitBreaker("plain").getCircuitBreakerConfig();
            registry.remove("plain");
            registry.circuitBreaker("plain", config).transitionToOpenState();
            assertThat(context.getBean(Listener.class).events).singleElement().isInstanceOf(CircuitStateChanged.class);
        });
    }

    @Test
    void a_breaker_of_no_call_is_not_followed() {
        listening.run(context -> {
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("other")
                    .transitionToOpenState();
            assertThat(context.getBean(Listener.class).events).isEmpty();
        });
    }

    @Test
    void a_listener_that_throws_does_not_break_the_call_and_is_logged_once(CapturedOutput output) {
        host.withBean(ThrowingListener.class).run(context -> {
            Remote remote = context.getBean(Remote.class);
            remote.failsTimes(2);
            assertThat(remote.plain()).isEqualTo("answer");
        });
        assertThat(output.getOut().split("A listener of CallRetried failed; the call goes on", -1))
                .hasSize(2);
    }

    private static <E extends ResilienceEvent> E last(Listener listener, Class<E> type) {
        return type.cast(listener.events.get(listener.events.size() - 1));
    }
}
