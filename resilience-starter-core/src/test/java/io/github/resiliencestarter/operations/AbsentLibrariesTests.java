package io.github.resiliencestarter.operations;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;

class AbsentLibrariesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.micrometer.core",
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
