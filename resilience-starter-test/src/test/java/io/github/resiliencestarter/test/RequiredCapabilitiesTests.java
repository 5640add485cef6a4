package io.github.resiliencestarter.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.Mode;
import io.github.resiliencestarter.test.server.Server;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequiredCapabilitiesTests {

    private final Server whole = StubServer.of("rabbit");
    private final Server embedded = new StubServer("kafka", Mode.EMBEDDED, Set.of(Capability.RESTART));

    @Test
    void nothing_is_missing_if_each_server_can_do_it() {
        assertThat(RequiredCapabilities.missing(Kills.class, List.of(whole))).isEmpty();
    }

    @Test
    void nothing_is_missing_if_nothing_is_required() {
        assertThat(RequiredCapabilities.missing(Object.class, List.of(embedded)))
                .isEmpty();
    }

    @Test
    void a_sentence_says_which_server_cannot_and_why() {
        assertThat(RequiredCapabilities.missing(Kills.class, List.of(whole, embedded)))
                .contains("kafka runs in mode EMBEDDED, in the JVM of the tests, which has no KILL and PAUSE; "
                        + "choose another with -Dresilience.test.brokers.kafka");
    }

    @Test
    void a_requirement_about_no_server_is_a_mistake() {
        assertThatThrownBy(() -> RequiredCapabilities.missing(Kills.class, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("put @WithKafka");
    }

    @RequiresCapability({Capability.KILL, Capability.PAUSE, Capability.RESTART})
    private static final class Kills {}
}
