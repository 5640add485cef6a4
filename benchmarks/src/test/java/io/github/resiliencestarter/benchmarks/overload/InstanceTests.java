package io.github.resiliencestarter.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class InstanceTests {

    /** What the simulation sets by hand, and the docs call the built-in settings. */
    @Test
    void its_settings_are_those_of_a_call_that_nobody_has_configured() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run()) {
            CallPlan plan = context.getBean(Pipelines.class).get("server").plan();

            assertThat(plan.backoff()).isEqualTo(Instance.BACKOFF);
            assertThat(plan.maxAttempts()).isEqualTo(Policy.BREAKER_AND_BUDGET.attempts());
            assertThat(new TreeMap<>(plan.values()).subMap("circuit-breaker.", "circuit-breaker/"))
                    .hasEntrySatisfying("circuit-breaker.sliding-window-size", is(Instance.WINDOW))
                    .hasEntrySatisfying("circuit-breaker.minimum-number-of-calls", is(Instance.MINIMUM))
                    .hasEntrySatisfying("circuit-breaker.failure-rate-threshold", is(Instance.FAILURE_RATE))
                    .hasEntrySatisfying("circuit-breaker.wait-duration-in-open-state", is(Instance.OPEN))
                    .hasEntrySatisfying(
                            "circuit-breaker.permitted-number-of-calls-in-half-open-state", is(Instance.TRIALS));
            assertThat(plan.values())
                    .hasEntrySatisfying("retry-budget.ratio", is(Instance.RATIO))
                    .hasEntrySatisfying("retry-budget.min-per-second", is(Instance.RESERVE))
                    .hasEntrySatisfying("retry-budget.window", is(Instance.BUDGET_WINDOW));
        }
    }

    private static org.assertj.core.api.Condition<io.github.resiliencestarter.call.plan.PlanValue> is(Object expected) {
        return new org.assertj.core.api.Condition<>(
                value -> value.value().toString().equals(expected.toString()), "value %s", expected);
    }

    @Test
    void without_a_breaker_every_call_is_let_through() {
        Instance instance = new Instance(Policy.RETRIES, new Timeline(), new SplittableRandom(1));
        for (int call = 0; call < 100; call++) {
            instance.ended(false, 0);
        }
        assertThat(instance.mayCall()).isTrue();
        assertThat(instance.isTrial()).isFalse();
    }

    @Test
    void a_breaker_opens_and_lets_trials_through_after_its_wait_in_virtual_time() {
        Timeline time = new Timeline();
        Instance instance = new Instance(Policy.BREAKER, time, new SplittableRandom(1));
        for (int call = 0; call < Instance.MINIMUM; call++) {
            instance.ended(false, 0);
        }
        assertThat(instance.mayCall()).isFalse();

        time.after(Instance.OPEN.plusMillis(1), () -> {
            assertThat(instance.mayCall()).isTrue();
            assertThat(instance.isTrial()).isTrue();
        });
        time.run(Instance.OPEN.plusSeconds(1));
        assertThat(instance.isTrial()).isTrue();
    }

    @Test
    void a_budget_that_is_spent_allows_no_retry() {
        Instance instance = new Instance(Policy.BUDGET, new Timeline(), new SplittableRandom(1));
        int reserve = (int) (Instance.RESERVE * Instance.BUDGET_WINDOW.toSeconds());
        for (int retry = 0; retry < reserve; retry++) {
            assertThat(instance.mayTryAgain(1)).isTrue();
        }
        assertThat(instance.mayTryAgain(1)).isFalse();
    }

    @EnableAutoConfiguration
    static class Application {}
}
