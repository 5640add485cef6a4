package io.github.resiliencestarter.autoconfigure;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.ResilientCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What is written in the wrong place, or under a name that the place cannot hold. */
@ExtendWith(OutputCaptureExtension.class)
class MisplacedConfigurationTests {

    static class Gateway {
        @ResilientCall(name = "payGateway", idempotent = true)
        public void call() {}

        @ResilientCall(name = "pay/card", idempotent = true)
        public void other() {}
    }

    private final ApplicationContextRunner host = host().withBean(Gateway.class);

    private static List<Problem> problems(ApplicationContextRunner host) {
        Problem[][] problems = new Problem[1][];
        host.run(context -> {
            Throwable failure = context.getStartupFailure();
            while (failure != null && !(failure instanceof ResilienceConfigurationException)) {
                failure = failure.getCause();
            }
            assertThat(failure).isNotNull();
            problems[0] =
                    ((ResilienceConfigurationException) failure).getProblems().toArray(Problem[]::new);
        });
        return List.of(problems[0]);
    }

    private static ApplicationContextRunner withVariable(ApplicationContextRunner host, String name, String value) {
        Map<String, Object> variables = new LinkedHashMap<>(System.getenv());
        variables.put(name, value);
        return host.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables)));
    }

    @ParameterizedTest
    @CsvSource({
        "resilience.retry.max-attempts, retry",
        "resilience.timeout.total, timeout",
        "resilience.circuitBreaker.sliding-window-size, circuitBreaker",
        "resilience.idempotent, idempotent",
    })
    void keys_of_calls_beside_the_calls_stop_the_start(String property, String section) {
        assertThat(problems(host.withPropertyValues(property + "=1")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains(property, "'" + section + "' is a key of calls", "resilience.defaults"));
    }

    @Test
    void a_misspelled_key_of_the_deadline_stops_the_start() {
        assertThat(problems(host.withPropertyValues("resilience.deadline.propogate=true")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("resilience.deadline.propogate")
                        .contains("Did you mean 'resilience.deadline.propagate'?"));
    }

    @EnableConfigurationProperties(JdbcProperties.class)
    static class WithDatabase {}

    @ParameterizedTest
    @CsvSource({
        "dead-letters.retenton, dead-letters.retention",
        "deadLetters.replay.per-secnd, dead-letters.replay.per-second",
        "dead-letters.replay.schedules.nightly.cronn, dead-letters.replay.schedules.nightly.cron",
        "jdbc.enabld, jdbc.enabled",
    })
    void a_misspelled_key_of_messages_stops_the_start_with_the_one_that_was_meant(String written, String meant) {
        assertThat(problems(host.withUserConfiguration(WithDatabase.class)
                        .withPropertyValues("resilience." + written + "=1")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).startsWith("resilience." + written);
                    assertThat(problem.what()).isEqualTo("there is no such key");
                    assertThat(problem.remedy()).isEqualTo("Did you mean 'resilience." + meant + "'?");
                });
    }

    @Test
    void a_key_of_messages_that_is_like_no_other_is_to_be_removed() {
        assertThat(problems(host.withPropertyValues("resilience.dead-letters.purge-at-midnight=true")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).startsWith("Remove it"));
    }

    @Test
    void a_key_is_reported_once() {
        assertThat(problems(host.withUserConfiguration(WithDatabase.class)
                        .withPropertyValues("resilience.jdbc.purge-at-midnight=true")))
                .hasSize(1);
    }

    @Test
    void names_of_schedules_and_keys_in_camel_case_are_no_mistake() {
        host.withPropertyValues(
                        "resilience.dead-letters.replay.schedules.cronn.cron=0 30 2 * * *",
                        "resilience.dead-letters.showPayload=never")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void keys_of_a_module_that_is_not_there_are_left_alone() {
        host.withPropertyValues("resilience.kafka.consumer.rety.max-attempts=2")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_variable_that_only_begins_like_a_key_is_left_alone() {
        withVariable(host, "RESILIENCE_DEADLETTERS_SERVICE_HOST", "10.0.0.1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_name_with_a_dot_and_without_brackets_is_told_how_to_write_it() {
        assertThat(problems(host.withPropertyValues("resilience.calls.pay.refund.retry.max-attempts=2")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("\"[pay.refund]\""));
        assertThat(problems(host.withPropertyValues("resilience.calls.payGateway.timeout.retry.max-attempts=2")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).startsWith("Did you mean"));
    }

    @Test
    void a_name_of_which_spring_drops_a_character_is_told_how_to_write_it(CapturedOutput output) {
        host.withPropertyValues("resilience.calls.pay/card.retry.max-attempts=2")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("Write \"[pay/card]\", with brackets and quotes");
        host.withPropertyValues("resilience.calls[pay/card].retry.max-attempts=7")
                .run(context -> assertThat(context.getBean(io.github.resiliencestarter.call.Pipelines.class)
                                .get("pay/card")
                                .plan()
                                .maxAttempts())
                        .isEqualTo(7));
    }

    @Test
    void an_environment_variable_that_no_entry_spells_out_is_told_to_have_one(CapturedOutput output) {
        withVariable(host, "RESILIENCE_CALLS_PAYGATEWAY_RETRY_MAXATTEMPTS", "2")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("Write an entry for 'payGateway' into the YAML, too");
    }

    @Test
    void an_environment_variable_with_an_underscore_too_many_is_told_the_right_one() {
        assertThat(problems(withVariable(host, "RESILIENCE_CALLS_PAYGATEWAY_RETRY_MAX_ATTEMPTS", "2")))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.remedy()).contains("RESILIENCE_CALLS_PAYGATEWAY_RETRY_MAXATTEMPTS?"));
    }

    @Test
    void a_call_whose_plan_cannot_be_used_is_not_said_to_have_no_method(CapturedOutput output) {
        assertThat(problems(host.withPropertyValues("resilience.calls.payGateway.retry.max-attempts=0")))
                .hasSize(1);
        assertThat(output).doesNotContain("no @ResilientCall has the name 'payGateway'");
    }
}
