package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class IdempotencyRulesTests {

    private static final String FINDING = "nobody says whether the call may be made twice";

    static class Silent {
        @ResilientCall("remote")
        public void charge() {}
    }

    static class Declared {
        @ResilientCall("remote")
        public void charge() {}

        @ResilientCall(name = "remote", idempotent = true)
        public void find() {}
    }

    private static void start(Class<?> bean, String... properties) {
        host().withBean(bean)
                .withPropertyValues(properties)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void where_nobody_says_anything_it_is_a_warning_that_names_both_remedies(CapturedOutput output) {
        start(Silent.class);
        assertThat(output)
                .contains("resilience.calls.remote.idempotent: " + FINDING)
                .contains("@ResilientCall(name = \"remote\", idempotent = true)")
                .contains("set it to true")
                .contains("set it to false");
    }

    @Test
    void one_method_that_is_declared_shows_that_somebody_has_thought_about_it(CapturedOutput output) {
        start(Declared.class);
        assertThat(output).doesNotContain(FINDING);
    }

    @Test
    void what_the_configuration_says_is_enough_also_as_a_default(CapturedOutput output) {
        start(Silent.class, "resilience.calls.remote.idempotent=false");
        start(Silent.class, "resilience.calls.remote.idempotent=true");
        start(Silent.class, "resilience.defaults.idempotent=true");
        assertThat(output).doesNotContain(FINDING);
    }

    @Test
    void a_call_that_is_not_tried_again_need_not_say_anything(CapturedOutput output) {
        start(Silent.class, "resilience.calls.remote.retry.enabled=false");
        start(Silent.class, "resilience.calls.remote.retry.max-attempts=1");
        start(Silent.class, "resilience.calls.remote.enabled=false");
        assertThat(output).doesNotContain(FINDING);
    }

    @Test
    void it_can_stop_the_start(CapturedOutput output) {
        for (String strict :
                new String[] {"resilience.linter.undeclared-idempotency=fail", "resilience.linter.fail-on=warning"}) {
            host().withBean(Silent.class)
                    .withPropertyValues(strict)
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasMessageContaining(FINDING)
                            .hasMessageNotContaining("no such key"));
        }
    }

    @Test
    void it_can_be_ignored(CapturedOutput output) {
        start(Silent.class, "resilience.linter.undeclared-idempotency=ignore", "resilience.linter.fail-on=warning");
        assertThat(output).doesNotContain(FINDING);
    }

    @Test
    void a_declaration_that_the_configuration_takes_back_is_a_warning(CapturedOutput output) {
        start(Declared.class, "resilience.calls.remote.idempotent=false");
        assertThat(output)
                .contains("resilience.calls.remote.idempotent")
                .contains("false wins over @ResilientCall(idempotent = true) of")
                .contains("Declared.find()")
                .doesNotContain("Declared.charge()");
    }

    @Test
    void a_wait_of_the_remotes_that_cannot_fit_is_a_warning(CapturedOutput output) {
        start(
                Declared.class,
                "resilience.calls.remote.retry-after.max-wait=5s",
                "resilience.calls.remote.timeout.total=4s");
        assertThat(output).contains("a wait of 5s never fits into timeout.total, 4s");
    }
}
