package io.github.resiliencestarter.http;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.autoconfigure.DeadlineHeaderAutoConfiguration;
import io.github.resiliencestarter.call.Pipelines;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeadlineHeaderAutoConfigurationTests {

    private final ApplicationContextRunner host = host().withConfiguration(
                    AutoConfigurations.of(DeadlineHeaderAutoConfiguration.class))
            .withPropertyValues("resilience.deadline.propagate=true", "resilience.deadline.accept=on");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.web",
                "org.springframework.web.client",
                "org.springframework.web.reactive",
                "reactor.core",
                "jakarta.servlet",
                "io.micrometer.core"
            })
    void the_application_starts_without(String library) {
        host.withClassLoader(new FilteredClassLoader(library))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(DeadlineHeader.class));
    }

    @Test
    void nothing_is_made_for_a_client_that_is_not_there() {
        host.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
                .run(context -> assertThat(context)
                        .doesNotHaveBean(DeadlineExchangeFilter.class)
                        .hasSingleBean(DeadlineInterceptor.class));
        host.withClassLoader(new FilteredClassLoader("org.springframework.web.client"))
                .run(context -> assertThat(context).doesNotHaveBean(DeadlineInterceptor.class));
    }

    @Test
    void what_users_add_to_clients_of_their_own_are_beans() {
        host.run(context -> assertThat(context)
                .hasSingleBean(DeadlineInterceptor.class)
                .hasSingleBean(DeadlineExchangeFilter.class)
                .doesNotHaveBean(DeadlineFilter.class));
    }

    @Test
    void every_call_keeps_to_the_time_of_a_request_though_none_has_a_timeout() {
        host.run(context -> assertThat(
                        context.getBean(Pipelines.class).get("any").order())
                .contains(Strategy.DEADLINE, Strategy.TIMEOUT));
        host.withPropertyValues("resilience.deadline.accept=false")
                .run(context -> assertThat(
                                context.getBean(Pipelines.class).get("any").order())
                        .doesNotContain(Strategy.DEADLINE));
    }

    @Test
    void a_header_that_could_not_be_read_is_counted() {
        host.run(context -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean("resilienceDeadlineMeters", MeterBinder.class).bindTo(registry);
            context.getBean(DeadlineHeader.class).scopeOf("soon");
            assertThat(registry.get("resilience.deadline.ignored")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void a_starter_that_is_disabled_has_nothing_of_it() {
        host.withPropertyValues("resilience.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadlineHeader.class));
    }

    @Test
    void a_longest_time_that_is_none_stops_the_start() {
        host.withPropertyValues("resilience.deadline.max=0")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("resilience.deadline.max"));
    }
}
