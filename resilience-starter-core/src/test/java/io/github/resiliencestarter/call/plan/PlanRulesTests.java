package io.github.resiliencestarter.call.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PlanRulesTests {

    private static Findings lint(String... keys) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String key : keys) {
            String[] keyAndValue = key.split("=", 2);
            properties.put("resilience.calls.remote." + keyAndValue[0], keyAndValue[1]);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        Binder binder = Binder.get(environment);
        PropertyOrigins origins = new PropertyOrigins(environment);
        PlanResolver plans = new PlanResolver(
                null,
                binder.bind("resilience.calls", Bindable.mapOf(String.class, CallSettings.class))
                        .orElse(null),
                binder,
                origins);
        Findings findings = new Findings();
        UnknownKeysRule.check(origins, findings);
        new PlanRules().check(plans.resolve("remote"), findings);
        return findings;
    }

    private static Problem onlyError(String... keys) {
        Findings findings = lint(keys);
        assertThat(findings.errors()).hasSize(1);
        return findings.errors().get(0);
    }

    private static Problem onlyWarning(String... keys) {
        Findings findings = lint(keys);
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).hasSize(1);
        return findings.warnings().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout.per-attempt, -1s",
        "timeout.per-attempt, 0",
        "timeout.total, 0",
        "timeout.total, 200000d",
        "timeout.per-attempt, 200000d",
        "circuit-breaker.slow-call-duration-threshold, 200000d",
        "timeout.multiplier, 0.5",
        "retry-budget.ratio, -0.1",
        "retry-budget.ratio, 11",
        "retry-budget.min-per-second, -1",
        "retry-budget.window, 0",
        "retry.max-attempts, 0",
        "retry.max-attempts, -3",
        "retry.backoff.delay, -1ms",
        "retry.backoff.multiplier, 0.9",
        "retry.backoff.jitter, 1.5",
        "retry.backoff.jitter, NaN",
        "circuit-breaker.sliding-window-size, 0",
        "circuit-breaker.failure-rate-threshold, 0",
        "circuit-breaker.failure-rate-threshold, 101",
        "circuit-breaker.wait-duration-in-open-state, 0",
        "circuit-breaker.permitted-number-of-calls-in-half-open-state, 0",
        "bulkhead.max-concurrent-calls, 0",
        "bulkhead.max-wait-duration, -1ms",
        "rate-limiter.limit-for-period, 0",
    })
    void a_value_outside_its_range_is_an_error_with_property_value_and_remedy(String key, String value) {
        Problem problem = onlyError(key + "=" + value);
        assertThat(problem.where()).contains("resilience.calls.remote." + key);
        assertThat(problem.what()).contains("must");
        assertThat(problem.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "timeout.adaptive.quantile, 0",
        "timeout.adaptive.quantile, 1",
        "timeout.adaptive.quantile, 99",
        "timeout.adaptive.quantile, NaN",
        "timeout.adaptive.factor, 0.9",
        "timeout.adaptive.min, 0",
        "timeout.adaptive.min, -1s",
        "timeout.adaptive.max, -1s",
    })
    void a_value_of_an_adaptive_timeout_that_cannot_be_used_is_an_error(String key, String value) {
        Findings findings = lint(key + "=" + value, "timeout.per-attempt=1s");
        assertThat(findings.errors())
                .anySatisfy(problem -> assertThat(problem.toString()).contains(key, "must be"));
    }

    @Test
    void an_adaptive_timeout_without_an_upper_bound_is_an_error() {
        Problem error = onlyError("timeout.adaptive.quantile=0.95");
        assertThat(error.where()).isEqualTo("resilience.calls.remote.timeout.adaptive.max");
        assertThat(error.remedy()).contains("timeout.adaptive.max", "timeout.per-attempt");
        assertThat(lint("timeout.adaptive.quantile=0.95", "timeout.per-attempt=1s")
                        .errors())
                .isEmpty();
        assertThat(lint("timeout.adaptive.max=1s").errors()).isEmpty();
    }

    @Test
    void inverted_bounds_of_an_adaptive_timeout_are_an_error() {
        Problem error = onlyError("timeout.adaptive.min=2s", "timeout.adaptive.max=1s");
        assertThat(error.where()).contains("timeout.adaptive.min");
        assertThat(error.what()).isEqualTo("2s is longer than timeout.adaptive.max, 1s");
        assertThat(onlyError("timeout.adaptive.min=2s", "timeout.per-attempt=1s")
                        .what())
                .isEqualTo("2s is longer than timeout.per-attempt, 1s");
    }

    @Test
    void an_adaptive_timeout_that_can_become_longer_than_the_whole_call_is_an_error() {
        Problem error = onlyError("timeout.adaptive.max=3s", "timeout.total=2s");
        assertThat(error.what()).isEqualTo("3s is longer than timeout.total, 2s");
    }

    @Test
    void a_first_limit_beyond_the_upper_bound_of_an_adaptive_timeout_is_a_warning() {
        Problem warning = onlyWarning("timeout.adaptive.max=1s", "timeout.per-attempt=2s");
        assertThat(warning.where()).contains("timeout.per-attempt");
    }

    @Test
    void a_budget_that_never_has_a_token_is_a_warning() {
        Problem warning = onlyWarning("retry-budget.ratio=0", "retry-budget.min-per-second=0");
        assertThat(warning.remedy()).contains("retry.enabled: false");
        assertThat(lint("retry-budget.ratio=0").warnings()).isEmpty();
    }

    @Test
    void sound_settings_are_silent() {
        Findings findings = lint(
                "timeout.per-attempt=1s",
                "timeout.total=8s",
                "retry.max-attempts=3",
                "rate-limiter.limit-for-period=100",
                "bulkhead.max-concurrent-calls=10",
                "circuit-breaker.sliding-window-type=TIME_BASED",
                "circuit-breaker.sliding-window-size=30",
                "circuit-breaker.minimum-number-of-calls=20");
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void a_rate_limiter_without_a_limit_is_an_error() {
        Problem problem = onlyError("rate-limiter.timeout-duration=1s");
        assertThat(problem.where()).isEqualTo("resilience.calls.remote.rate-limiter.limit-for-period");
    }

    @Test
    void attempts_and_back_off_that_can_take_longer_than_the_total_are_a_warning() {
        Problem problem = onlyWarning("timeout.per-attempt=2s", "timeout.total=5s", "retry.max-attempts=3");
        assertThat(problem.where()).contains("timeout.total");
        assertThat(problem.toString()).contains("5s").contains("3 attempts").contains("Raise total to 6900ms");
    }

    @Test
    void a_retry_that_can_never_start_is_a_warning_that_says_so() {
        Problem problem = onlyWarning("timeout.per-attempt=3s", "timeout.total=5s", "retry.max-attempts=3");
        assertThat(problem.what()).contains("before attempt 3 of 3 can start");
    }

    @Test
    void an_attempt_longer_than_the_total_is_an_error() {
        assertThat(onlyError("timeout.per-attempt=9s", "timeout.total=5s").what())
                .contains("9s is longer than timeout.total, 5s");
    }

    @Test
    void worker_without_a_timeout_is_an_error() {
        assertThat(onlyError("timeout.runs-on=worker").where()).contains("timeout.runs-on");
    }

    @Test
    void a_time_based_minimum_that_the_rate_limiter_never_lets_through_is_an_error() {
        Problem problem = onlyError(
                "circuit-breaker.sliding-window-type=TIME_BASED",
                "circuit-breaker.sliding-window-size=10",
                "circuit-breaker.minimum-number-of-calls=100",
                "rate-limiter.limit-for-period=5");
        assertThat(problem.what()).contains("can never be met").contains("55");
    }

    @Test
    void a_time_based_minimum_that_only_a_busy_call_meets_is_a_warning() {
        Problem problem = onlyWarning(
                "circuit-breaker.sliding-window-type=TIME_BASED",
                "circuit-breaker.sliding-window-size=10",
                "circuit-breaker.minimum-number-of-calls=100");
        assertThat(problem.what()).contains("below 10 calls per second the breaker never opens");
    }

    @Test
    void a_count_based_minimum_above_the_window_is_a_warning() {
        assertThat(onlyWarning("circuit-breaker.sliding-window-size=5", "circuit-breaker.minimum-number-of-calls=20")
                        .what())
                .contains("20 is more than the window of 5");
    }

    @Test
    void an_exception_that_is_both_retried_and_ignored_is_an_error() {
        Problem problem =
                onlyError("retry.retry-exceptions=java.io.IOException", "retry.ignore-exceptions=java.io.IOException");
        assertThat(problem.toString()).contains("java.io.IOException").contains("ignore-exceptions");
    }

    @Test
    void a_class_that_is_no_exception_is_an_error() {
        assertThat(onlyError("retry.retry-exceptions=java.lang.String").what())
                .isEqualTo("java.lang.String is not an exception");
        assertThat(onlyError("fallback.wrap-with=java.lang.String").what())
                .isEqualTo("java.lang.String is not an exception");
    }

    @Test
    void a_key_beside_a_borrowed_instance_is_an_error_for_it_would_have_no_effect() {
        Problem problem = onlyError("circuit-breaker.instance=pgCircuit", "circuit-breaker.sliding-window-size=7");
        assertThat(problem.toString()).contains("sliding-window-size").contains("pgCircuit");
    }

    @Test
    void a_mistyped_key_is_an_error_with_what_was_meant() {
        Problem problem = onlyError("retry.max-attemps=2");
        assertThat(problem.where()).contains("resilience.calls.remote.retry.max-attemps");
        assertThat(problem.remedy()).isEqualTo("Did you mean 'retry.max-attempts'?");
    }

    @Test
    void a_key_in_camel_case_is_the_same_key() {
        assertThat(lint("retry.maxAttempts=2").errors()).isEmpty();
    }

    @Test
    void a_section_that_is_nearly_one_of_ours_is_an_error() {
        assertThat(onlyUnknown("resilience.call.remote.retry.max-attempts").remedy())
                .isEqualTo("Did you mean 'resilience.calls'?");
    }

    @Test
    void the_section_of_the_test_kit_is_no_mistake_but_what_is_nearly_it_is() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("resilience.chaos.calls.remote.fail-rate", "1")));
        Findings findings = new Findings();
        UnknownKeysRule.check(new PropertyOrigins(environment), findings);
        assertThat(findings.errors()).isEmpty();
        assertThat(onlyUnknown("resilience.chaoss.enabled").remedy()).isEqualTo("Did you mean 'resilience.chaos'?");
    }

    @Test
    void a_mistyped_section_or_key_of_dead_letters_is_an_error() {
        assertThat(onlyUnknown("resilience.dead-letter.retention").remedy())
                .isEqualTo("Did you mean 'resilience.dead-letters'?");
        assertThat(onlyUnknown("resilience.kafkas.parking.enabled").remedy())
                .isEqualTo("Did you mean 'resilience.kafka'?");
        assertThat(onlyUnknown("resilience.jdbc.init-schema").remedy())
                .isEqualTo("Did you mean 'resilience.jdbc.initialize-schema'?");
    }

    @ParameterizedTest
    @CsvSource({
        "circuit-breaker.failure-rate-threshold, 0.5, 50",
        "circuit-breaker.slow-call-rate-threshold, 0.5, 50",
        "circuit-breaker.failure-rate-threshold, 0.125, 12.5",
    })
    void a_percentage_that_looks_like_a_fraction_is_a_warning(String key, String fraction, String percent) {
        Problem warning = onlyWarning(key + "=" + fraction);
        assertThat(warning.where()).startsWith("resilience.calls.remote." + key);
        assertThat(warning.what()).startsWith(fraction + " is a percentage");
        assertThat(warning.remedy()).startsWith("Use " + percent + " for " + percent + " %");
    }

    @Test
    void one_percent_is_a_percentage() {
        Findings findings =
                lint("circuit-breaker.failure-rate-threshold=1", "circuit-breaker.slow-call-rate-threshold=1");
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void a_fraction_of_a_breaker_that_is_not_there_is_none() {
        assertThat(lint("circuit-breaker.enabled=false", "circuit-breaker.failure-rate-threshold=0.5")
                        .warnings())
                .isEmpty();
    }

    @Test
    void defaults_that_are_based_on_a_call_are_an_error() {
        assertThat(onlyUnknown("resilience.defaults.based-on").what()).contains("cannot be based on one");
    }

    @Test
    void a_mistyped_key_beside_the_calls_is_an_error() {
        assertThat(onlyUnknown("resilience.linter.fail-onn").remedy())
                .isEqualTo("Did you mean 'resilience.linter.fail-on'?");
    }

    private static Problem onlyUnknown(String property) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(property, "2")));
        Findings findings = new Findings();
        UnknownKeysRule.check(new PropertyOrigins(environment), findings);
        assertThat(findings.errors()).hasSize(1);
        return findings.errors().get(0);
    }

    @Test
    void waiting_for_a_permit_longer_than_the_total_is_a_warning() {
        assertThat(onlyWarning(
                                "rate-limiter.limit-for-period=1",
                                "rate-limiter.timeout-duration=6s",
                                "timeout.total=5s")
                        .what())
                .contains("can use up timeout.total");
    }

    @Test
    void waiting_for_a_slot_longer_than_the_total_is_a_warning() {
        assertThat(onlyWarning("bulkhead.max-wait-duration=10s", "timeout.total=2s")
                        .what())
                .contains("comes before timeout.total");
    }

    @Test
    void a_slow_call_threshold_that_the_timeout_never_lets_an_attempt_reach_is_a_warning() {
        assertThat(onlyWarning("circuit-breaker.slow-call-duration-threshold=5s", "timeout.per-attempt=2s")
                        .what())
                .contains("no attempt is ever slower than 5s");
    }
}
