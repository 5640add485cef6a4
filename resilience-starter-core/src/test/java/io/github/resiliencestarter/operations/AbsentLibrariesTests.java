package io.github.resiliencestarter.operations;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.replay.Replays;
import io.github.resiliencestarter.operations.messages.DeadLettersEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AbsentLibrariesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.micrometer.core",
                "io.micrometer.tracing",
                "org.springframework.boot.actuate",
                "org.springframework.boot.actuate.health"
            })
    void the_application_starts_and_calls_without(String library) {
        host().withBean(Remote.class)
                .withClassLoader(new FilteredClassLoader(library))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Remote.class).guarded()).isEqualTo("answer");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.micrometer.core",
                "io.micrometer.tracing",
                "org.springframework.boot.actuate",
                "org.springframework.jdbc"
            })
    void an_application_with_parked_letters_starts_and_replays_without(String library) {
        withLetters()
                .withClassLoader(new FilteredClassLoader(library))
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Replays.class));
    }

    @Test
    void an_application_with_parked_letters_has_what_they_take() {
        withLetters()
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(DeadLettersEndpoint.class)
                        .hasSingleBean(Replays.class));
    }

    @Test
    void an_application_without_a_store_has_no_replays() {
        host().withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DeadLettersEndpoint.class)
                        .doesNotHaveBean(Replays.class));
    }

    private static ApplicationContextRunner withLetters() {
        return host().withBean(DeadLetterStore.class, () -> mock(DeadLetterStore.class))
                .withBean(ReplayStore.class, () -> mock(ReplayStore.class));
    }

    @Test
    void an_endpoint_that_is_not_exposed_is_not_made() {
        host().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ResilienceEndpoint.class));
    }

    @Test
    void a_starter_that_is_disabled_has_no_endpoint() {
        host().withPropertyValues("management.endpoints.web.exposure.include=*", "resilience.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ResilienceEndpoint.class));
    }
}
