package io.github.resiliencestarter.operations;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.operations.Remote.InvalidCard;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CallMetersTests {

    private final ApplicationContextRunner host = host().withBean(Remote.class)
            .withPropertyValues(
                    "resilience.defaults.retry.backoff.delay=1ms",
                    "resilience.defaults.business-exceptions=" + InvalidCard.class.getName());
    private final ApplicationContextRunner metered = host.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    /** Is made before everything else, calls at once, and so asks for the registry before it is there. */
    static class EarlyCaller {
        EarlyCaller(ResilientCalls calls) {
            calls.call("early").execute(() -> "answer");
        }
    }

    /** Counts what is registered by a function, which a registry warns of where it is there already. */
    static class CountingRegistry extends SimpleMeterRegistry {
        private int registrations;

        @Override
        public More more() {
            registrations++;
            return super.more();
        }
    }

    /** A registry whose making involves a call: to measure that one as well would be a circle. */
    static class CallingRegistry extends SimpleMeterRegistry {
        CallingRegistry(ResilientCalls calls) {
            calls.call("config").execute(() -> "answer");
        }
    }

    @Test
    void retries_that_would_have_made_too_much_load_are_counted_by_their_reason() {
        metered.withPropertyValues(
                        "resilience.defaults.idempotent=true",
                        "resilience.calls.spent.retry-budget.ratio=0",
                        "resilience.calls.spent.retry-budget.min-per-second=0")
                .run(context -> {
                    ResilientCalls calls = context.getBean(ResilientCalls.class);
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThatThrownBy(() -> calls.call("spent").run(() -> {
                                throw new IOException();
                            }))
                            .isInstanceOf(IOException.class);
                    assertThatThrownBy(() -> calls.call("outer")
                                    .run(() -> calls.call("inner").run(() -> {
                                        throw new IOException();
                                    })))
                            .isInstanceOf(IOException.class);

                    assertThat(suppressed(registry, "spent", "budget")).isEqualTo(1);
                    assertThat(suppressed(registry, "spent", "nested")).isZero();
                    assertThat(suppressed(registry, "inner", "nested")).isEqualTo(3);
                    assertThat(suppressed(registry, "outer", "budget")).isZero();
                });
    }

    private static double suppressed(MeterRegistry registry, String call, String reason) {
        return registry.get("resilience.call.retries.suppressed")
                .tag("call", call)
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void every_outcome_has_its_timer_and_they_add_up_to_the_calls() {
        metered.run(context -> {
            Remote remote = context.getBean(Remote.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            remote.guarded();
            remote.guarded();
            remote.failsTimes(1);
            remote.guarded();
            remote.failsTimes(3);
            remote.guarded();
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("guarded")
                    .transitionToOpenState();
            remote.guarded();

            assertThat(count(registry, "guarded", "success", "none")).isEqualTo(2);
            assertThat(count(registry, "guarded", "recovered", "none")).isEqualTo(1);
            assertThat(count(registry, "guarded", "fallback", "exception")).isEqualTo(1);
            assertThat(count(registry, "guarded", "fallback", "circuit-open")).isEqualTo(1);
            assertThat(registry.get("resilience.call").tag("call", "guarded").timers().stream()
                            .mapToLong(Timer::count)
                            .sum())
                    .isEqualTo(5);
            assertThat(attempts(registry, "guarded")).isEqualTo(1 + 1 + 2 + 3 + 0);
            assertThat(failedAttempts(registry, "guarded", "unknown")).isEqualTo(1 + 3);
            assertThat(failedAttempts(registry, "guarded", "rejected")).isZero();
            assertThat(failedAttempts(registry, "guarded", "never-sent")).isZero();
        });
    }

    @Test
    void what_callers_get_as_an_exception_is_failed_or_rejected_with_the_reason() {
        metered.run(context -> {
            Remote remote = context.getBean(Remote.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            remote.failsTimes(3);
            assertThatThrownBy(remote::plain).isInstanceOf(IOException.class);
            remote.throwsAlways(new InvalidCard());
            assertThatThrownBy(remote::plain).isInstanceOf(InvalidCard.class);
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("plain")
                    .transitionToOpenState();
            assertThatThrownBy(remote::plain).isInstanceOf(CallNotPermittedException.class);

            assertThat(count(registry, "plain", "failed", "exception")).isEqualTo(1);
            assertThat(count(registry, "plain", "success", "business")).isEqualTo(1);
            assertThat(count(registry, "plain", "rejected", "circuit-open")).isEqualTo(1);
        });
    }

    @Test
    void the_meters_of_an_annotated_call_are_there_before_its_first_run() {
        metered.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(count(registry, "plain", "success", "none")).isZero();
            assertThat(attempts(registry, "plain")).isZero();
        });
    }

    @Test
    void the_meters_of_a_programmatic_call_are_there_once_it_is_named() {
        metered.run(context -> {
            context.getBean(ResilientCalls.class).call("later");
            assertThat(count(context.getBean(MeterRegistry.class), "later", "success", "none"))
                    .isZero();
        });
    }

    @Test
    void a_call_made_while_the_application_starts_is_measured() {
        host.withBean(EarlyCaller.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(count(context.getBean(MeterRegistry.class), "early", "success", "none"))
                        .isEqualTo(1));
    }

    @Test
    void the_meters_of_a_call_made_while_the_application_starts_are_registered_once() {
        host.withBean(EarlyCaller.class).withBean(CountingRegistry.class).run(context -> {
            CountingRegistry registry = context.getBean(CountingRegistry.class);
            assertThat(registry.registrations)
                    .isEqualTo(registry.getMeters().stream()
                            .filter(FunctionCounter.class::isInstance)
                            .count());
        });
    }

    @Test
    void a_call_made_by_the_making_of_the_registry_does_not_stop_the_start() {
        host.withBean(CallingRegistry.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(ResilientCalls.class).call("config").execute(() -> "answer");
            assertThat(count(context.getBean(MeterRegistry.class), "config", "success", "none"))
                    .isEqualTo(1);
            assertThat(attempts(context.getBean(MeterRegistry.class), "config")).isEqualTo(2);
        });
    }

    @Test
    void without_a_registry_calls_are_only_counted() {
        host.run(context -> {
            context.getBean(Remote.class).plain();
            assertThat(context).hasNotFailed().doesNotHaveBean(MeteredCalls.class);
            assertThat(context.getBean(Pipelines.class).get("plain").counts().of(Outcome.SUCCESS))
                    .isEqualTo(1);
        });
    }

    @Test
    void without_micrometer_the_application_starts_and_calls() {
        host.withClassLoader(new FilteredClassLoader("io.micrometer.core")).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Remote.class).plain()).isEqualTo("answer");
        });
    }

    @Test
    void a_starter_that_is_disabled_measures_nothing() {
        metered.withPropertyValues("resilience.enabled=false").run(context -> {
            context.getBean(Remote.class).plain();
            assertThat(context.getBean(MeterRegistry.class)
                            .find("resilience.call")
                            .timers())
                    .isEmpty();
        });
    }

    private static long count(MeterRegistry registry, String call, String outcome, String reason) {
        return registry.get("resilience.call")
                .tags("call", call, "outcome", outcome, "reason", reason)
                .timer()
                .count();
    }

    private static double failedAttempts(MeterRegistry registry, String call, String outcome) {
        return registry.get("resilience.call.attempts.failed")
                .tag("call", call)
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }

    private static double attempts(MeterRegistry registry, String call) {
        return registry.get("resilience.call.attempts")
                .tag("call", call)
                .functionCounter()
                .count();
    }
}
