package io.github.resiliencestarter.call.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.TestCalls;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastKnownGoodRuleTests {

    private static List<Problem> errors(boolean caffeine, String... properties) {
        Findings findings = new Findings();
        new LastKnownGoodRule(() -> caffeine)
                .check(TestCalls.with(properties).pipeline().plan(), findings);
        return findings.errors();
    }

    @Test
    void without_caffeine_the_start_stops_and_says_what_to_add() {
        Problem problem = errors(false, "last-known-good.max-stale=1m").get(0);
        assertThat(problem.where()).contains("resilience.calls.remote.last-known-good.max-stale");
        assertThat(problem.remedy()).contains("com.github.ben-manes.caffeine:caffeine");
    }

    @Test
    void a_call_that_keeps_nothing_needs_no_caffeine() {
        assertThat(errors(false)).isEmpty();
        assertThat(errors(false, "last-known-good.max-stale=1m", "last-known-good.enabled=false"))
                .isEmpty();
        assertThat(errors(true, "last-known-good.max-stale=1m")).isEmpty();
    }
}
