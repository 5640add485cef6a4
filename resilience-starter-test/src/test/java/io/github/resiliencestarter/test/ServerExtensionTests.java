package io.github.resiliencestarter.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class ServerExtensionTests {

    private static final String BROKERS = "resilience.test.brokers.rabbit";
    private static final String REQUIRE = "resilience.test.require";

    /** RabbitMQ does not run in a JVM, so there is none, on any machine; nor is it required, where the build requires it. */
    @BeforeEach
    void choose_what_cannot_be_had() {
        System.setProperty(BROKERS, "embedded");
        System.setProperty(REQUIRE, "kafka");
    }

    @AfterEach
    void choose_nothing() {
        System.clearProperty(BROKERS);
        System.clearProperty(REQUIRE);
    }

    @Test
    void a_test_whose_server_cannot_be_had_is_skipped_with_the_reason() {
        run(Skipped.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(skippedWithReason(reason ->
                                reason.contains("There is no rabbit for tests here") && reason.contains("EMBEDDED"))));
    }

    @Test
    void a_test_whose_server_is_required_and_cannot_be_had_fails() {
        System.setProperty(REQUIRE, "rabbit");
        run(Required.class)
                .assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(message(text -> text.contains(REQUIRE)))));
    }

    private static Events run(Class<?> testClass) {
        Events containers = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .containerEvents();
        assertThat(containers.started().count()).isPositive();
        return containers;
    }

    // an absence is remembered for each number of nodes; nobody else asks for these

    @WithRabbit(nodes = 7)
    static class Skipped {

        @Test
        void never_runs() {
            throw new AssertionError();
        }
    }

    @WithRabbit(nodes = 9)
    static class Required {

        @Test
        void never_runs() {
            throw new AssertionError();
        }
    }
}
