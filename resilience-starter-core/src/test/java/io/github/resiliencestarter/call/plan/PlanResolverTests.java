package io.github.resiliencestarter.call.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class PlanResolverTests {

    private final StandardEnvironment environment = new StandardEnvironment();

    private PlanResolver yaml(String yaml) throws IOException {
        ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml");
        MutablePropertySources sources = environment.getPropertySources();
        new YamlPropertySourceLoader().load("application.yml", file).forEach(sources::addLast);
        Binder binder = Binder.get(environment);
        return new PlanResolver(
                binder.bind("resilience.defaults", CallSettings.class).orElse(null),
                binder.bind("resilience.calls", Bindable.mapOf(String.class, CallSettings.class))
                        .orElse(null),
                binder,
                new PropertyOrigins(environment));
    }

    private static Object value(CallPlan plan, String key) {
        return plan.value(key).value();
    }

    @Test
    void where_nothing_is_configured_the_built_in_values_hold() throws IOException {
        CallPlan plan = yaml("").resolve("remote");
        assertThat(plan.maxAttempts()).isEqualTo(3);
        assertThat(plan.backoff()).isEqualTo(new Backoff(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0.5));
        assertThat(value(plan, "circuit-breaker.sliding-window-size")).isEqualTo(50);
        assertThat(value(plan, "circuit-breaker.minimum-number-of-calls")).isEqualTo(10);
        assertThat(value(plan, "circuit-breaker.wait-duration-in-open-state")).isEqualTo(Duration.ofSeconds(30));
        assertThat(plan.value("retry.max-attempts").origin()).isEqualTo("built-in");
        assertThat(plan.strategies())
                .containsExactly(
                        Strategy.OBSERVE, Strategy.FALLBACK, Strategy.CIRCUIT_BREAKER, Strategy.RETRY, Strategy.METHOD);
    }

    @Test
    void the_nearer_to_the_call_wins_key_by_key() throws IOException {
        CallPlan plan = yaml("""
                        resilience:
                          defaults:
                            retry: {max-attempts: 9, backoff: {delay: 9ms, max-delay: 90ms, multiplier: 9}}
                            circuit-breaker: {sliding-window-size: 99, failure-rate-threshold: 9, minimum-number-of-calls: 9}
                          calls:
                            base:
                              retry: {max-attempts: 7, backoff: {delay: 7ms}}
                              circuit-breaker: {failure-rate-threshold: 7}
                            remote:
                              based-on: base
                              retry: {max-attempts: 6}
                        resilience4j:
                          circuitbreaker.instances.remote: {failure-rate-threshold: 8, sliding-window-size: 88}
                        """).resolve("remote");
        assertThat(plan.maxAttempts()).as("the call").isEqualTo(6);
        assertThat(plan.backoff().delay()).as("what it is based on").isEqualTo(Duration.ofMillis(7));
        assertThat(value(plan, "circuit-breaker.failure-rate-threshold"))
                .as("based-on before resilience4j")
                .isEqualTo(7f);
        assertThat(value(plan, "circuit-breaker.sliding-window-size"))
                .as("resilience4j before the defaults")
                .isEqualTo(88);
        assertThat(plan.backoff().maxDelay()).as("the defaults").isEqualTo(Duration.ofMillis(90));
        assertThat(plan.backoff().jitter()).as("built in").isEqualTo(0.5);
    }

    @Test
    void each_value_knows_the_property_and_the_line_it_comes_from() throws IOException {
        CallPlan plan = yaml("""
                        resilience:
                          calls:
                            oracleStorage:
                              retry:
                                max-attempts: 2
                                retry-exceptions:
                                  - java.io.IOException
                        resilience4j.retry.instances.oracleStorage.waitDuration: 70ms
                        """).resolve("oracleStorage");
        assertThat(plan.value("retry.max-attempts").origin())
                .contains("resilience.calls.oracleStorage.retry.max-attempts")
                .contains("application.yml")
                .contains("5:23");
        assertThat(plan.value("retry.retry-exceptions").origin())
                .contains("retry-exceptions[0]")
                .contains("7:13");
        assertThat(plan.value("retry.backoff.delay").origin())
                .contains("resilience4j.retry.instances.oracleStorage")
                .contains("8:");
    }

    @Test
    void a_call_name_with_dots_and_capitals_is_found_by_its_exact_spelling() throws IOException {
        PlanResolver plans = yaml("""
                resilience:
                  calls:
                    "[my.Gateway]": {retry: {max-attempts: 2}}
                """);
        assertThat(plans.resolve("my.Gateway").maxAttempts()).isEqualTo(2);
        assertThat(plans.resolve("my.Gateway").value("retry.max-attempts").origin())
                .contains("application.yml");
    }

    @Test
    void an_environment_variable_overrides_the_file_and_is_named_as_the_origin() throws IOException {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.of("RESILIENCE_CALLS_ORACLESTORAGE_RETRY_MAXATTEMPTS", "4")));
        CallPlan plan = yaml("resilience: {calls: {oracleStorage: {retry: {max-attempts: 2}}}}")
                .resolve("oracleStorage");
        assertThat(plan.maxAttempts()).isEqualTo(4);
        assertThat(plan.value("retry.max-attempts").origin())
                .contains("RESILIENCE_CALLS_ORACLESTORAGE_RETRY_MAXATTEMPTS");
    }

    @Test
    void resilience4js_base_configs_and_defaults_are_followed() throws IOException {
        PlanResolver plans = yaml("""
                resilience4j:
                  circuitbreaker:
                    configs:
                      default: {sliding-window-size: 33}
                      shared: {sliding-window-size: 44, minimum-number-of-calls: 4}
                    instances:
                      one: {base-config: shared, failure-rate-threshold: 11}
                  retry:
                    instances:
                      one: {max-attempts: 5, wait-duration: 1s}
                """);
        CallPlan one = plans.resolve("one");
        assertThat(value(one, "circuit-breaker.sliding-window-size")).isEqualTo(44);
        assertThat(one.value("circuit-breaker.sliding-window-size").origin()).contains("configs.shared");
        assertThat(value(one, "circuit-breaker.failure-rate-threshold")).isEqualTo(11f);
        assertThat(one.maxAttempts()).isEqualTo(5);
        assertThat(one.backoff())
                .as("a fixed wait stays fixed")
                .isEqualTo(new Backoff(Duration.ofSeconds(1), 1.0, Duration.ofSeconds(1), 0.0));
        assertThat(value(plans.resolve("other"), "circuit-breaker.sliding-window-size"))
                .isEqualTo(33);
    }

    @Test
    void a_bulkhead_instance_of_resilience4j_turns_the_bulkhead_on_but_its_default_config_does_not()
            throws IOException {
        PlanResolver plans = yaml("""
                resilience4j:
                  bulkhead:
                    configs: {default: {max-concurrent-calls: 3}}
                    instances: {one: {max-wait-duration: 5ms}}
                """);
        assertThat(plans.resolve("one").has(Strategy.BULKHEAD)).isTrue();
        assertThat(value(plans.resolve("one"), "bulkhead.max-concurrent-calls")).isEqualTo(3);
        assertThat(plans.resolve("other").has(Strategy.BULKHEAD)).isFalse();
    }

    @Test
    void a_time_limiter_instance_of_resilience4j_is_the_timeout_of_an_attempt() throws IOException {
        CallPlan plan = yaml("resilience4j.timelimiter.instances.remote.timeoutDuration: 3s")
                .resolve("remote");
        assertThat(plan.perAttemptNanos()).isEqualTo(3_000_000_000L);
        assertThat(plan.strategies()).contains(Strategy.TIMEOUT);
    }

    @Test
    void patterns_can_be_switched_off_one_by_one() throws IOException {
        CallPlan plan = yaml("""
                        resilience:
                          defaults: {bulkhead: {max-concurrent-calls: 3}}
                          calls:
                            remote:
                              retry.enabled: false
                              circuit-breaker.enabled: false
                              bulkhead.enabled: false
                        """).resolve("remote");
        assertThat(plan.strategies()).containsExactly(Strategy.OBSERVE, Strategy.FALLBACK, Strategy.METHOD);
    }

    @Test
    void based_on_an_unknown_call_names_the_property_and_what_was_meant() throws IOException {
        PlanResolver plans = yaml("resilience: {calls: {storage: {enabled: true}, remote: {based-on: storag}}}");
        assertThatThrownBy(() -> plans.resolve("remote"))
                .isInstanceOf(ResilienceConfigurationException.class)
                .hasMessageContaining("resilience.calls.remote.based-on")
                .hasMessageContaining("'storag'")
                .hasMessageContaining("Did you mean");
    }

    @Test
    void based_on_itself_names_the_circle() throws IOException {
        PlanResolver plans = yaml("resilience: {calls: {a: {based-on: b}, b: {based-on: a}}}");
        assertThatThrownBy(() -> plans.resolve("a")).hasMessageContaining("a -> b -> a");
    }
}
