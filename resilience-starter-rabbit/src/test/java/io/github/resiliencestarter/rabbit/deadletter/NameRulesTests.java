package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameRulesTests {

    private static final DeadLetterNames NAMES =
            new DeadLetterNames("{queue}{suffix}", ".dlq", "{queue}.dlx", "{queue}.retry.{delay}");

    @Test
    void a_queue_with_a_long_name_has_no_parking_queue() {
        SourceQueue queue = new SourceQueue("q".repeat(250), List.of());
        CompanionFindings findings = new CompanionFindings();

        new NameRules(NAMES, false, findings).check(queue);
        assertThat(findings.errors()).isEmpty();

        new NameRules(NAMES, true, findings).check(queue);
        assertThat(findings.errors())
                .singleElement()
                .asString()
                .contains("resilience.rabbit.parking.enabled", ".parking", "which is no name", "255 bytes at most");
    }
}
