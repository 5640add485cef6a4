package io.github.resiliencestarter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.RetriesInside;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** A service that calls itself over HTTP, on a real server of each kind. */
class DeadlineOverHttpTests {

    private static final String ON = "resilience.deadline.propagate=true";
    private static final String ACCEPT = "resilience.deadline.accept=true";

    private @Nullable ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Answers.class)
    static class Application {}

    /** What a request says, and what the calls that answer it have left. */
    @RestController
    static class Answers {

        private final ResilientCalls calls;
        private final CallClock clock;

        Answers(ResilientCalls calls, CallClock clock) {
            this.calls = calls;
            this.clock = clock;
        }

        @GetMapping("/header")
        String header(@RequestHeader(name = "Request-Timeout-Ms", defaultValue = "none") String value) {
            return value;
        }

        @GetMapping("/left")
        String left() {
            try {
                return calls.call("inner").execute(() -> {
                    CallScope.Captured scope = CallScope.capture();
                    return scope.hasDeadline() ? scope.remaining(clock) / 1_000_000 + "" : "none";
                });
            } catch (DeadlineExceededException over) {
                return "over";
            }
        }

        @GetMapping("/context")
        Mono<String> context() {
            return Mono.deferContextual(context -> Mono.just(context.<CallScope.Captured>getOrEmpty(CallScope.KEY)
                    .map(scope -> scope.remaining(clock) / 1_000_000 + "")
                    .orElse("none")));
        }
    }

    /** Clients as an application without Spring Boot's own builders would make them. */
    @Configuration(proxyBeanMethods = false)
    static class OwnBuilders {
        @Bean
        @Scope("prototype")
        RestClient.Builder restClients() {
            return RestClient.builder();
        }

        @Bean
        @Scope("prototype")
        WebClient.Builder webClients() {
            return WebClient.builder();
        }
    }

    enum Client {
        REST_CLIENT {
            @Override
            String get(ConfigurableApplicationContext context, String path, String... headers) {
                var request =
                        context.getBean(RestClient.Builder.class).build().get().uri(uri(context, path));
                for (String header : headers) {
                    request.header("Request-Timeout-Ms", header);
                }
                return request.retrieve().body(String.class);
            }
        },
        WEB_CLIENT {
            @Override
            String get(ConfigurableApplicationContext context, String path, String... headers) {
                var request =
                        context.getBean(WebClient.Builder.class).build().get().uri(uri(context, path));
                for (String header : headers) {
                    request.header("Request-Timeout-Ms", header);
                }
                return request.retrieve().bodyToMono(String.class).block();
            }
        };

        abstract String get(ConfigurableApplicationContext context, String path, String... headers);

        static String uri(ConfigurableApplicationContext context, String path) {
            return "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path;
        }
    }

    private ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=none",
                "--server.port=0",
                "--spring.main.allow-bean-definition-overriding=true",
                "--resilience.calls.outer.timeout.total=20s"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        context = new SpringApplicationBuilder(Application.class, OwnBuilders.class)
                .web(type)
                .run(arguments.toArray(String[]::new));
        return context;
    }

    private String withinCall(ConfigurableApplicationContext service, Client client, String path, String... headers) {
        return service.getBean(ResilientCalls.class).call("outer").execute(() -> client.get(service, path, headers));
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void a_request_within_a_call_tells_what_is_left_of_it(Client client) {
        ConfigurableApplicationContext service = start(WebApplicationType.SERVLET, ON);
        assertThat(Long.parseLong(withinCall(service, client, "/header"))).isBetween(10_000L, 20_000L);
        assertThat(client.get(service, "/header")).as("outside of any call").isEqualTo("none");
        assertThat(withinCall(service, client, "/header", "7"))
                .as("the request's own")
                .isEqualTo("7");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void nothing_is_told_and_nothing_accepted_unless_it_is_asked_for(Client client) {
        ConfigurableApplicationContext service = start(WebApplicationType.SERVLET);
        assertThat(withinCall(service, client, "/header")).isEqualTo("none");
        assertThat(client.get(service, "/left", "500")).isEqualTo("none");
        assertThat(service.getBeanNamesForType(DeadlineHeader.class)).isEmpty();
    }

    @Test
    void a_service_keeps_to_the_time_that_its_caller_waits() {
        ConfigurableApplicationContext service = start(WebApplicationType.SERVLET, ON, ACCEPT);
        assertThat(Long.parseLong(withinCall(service, Client.REST_CLIENT, "/left")))
                .isBetween(10_000L, 20_000L);
        assertThat(Client.REST_CLIENT.get(service, "/left"))
                .as("the thread has forgotten the request before")
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon"})
    void what_cannot_be_read_is_no_deadline(String value) {
        ConfigurableApplicationContext service = start(WebApplicationType.SERVLET, ACCEPT);
        assertThat(Client.REST_CLIENT.get(service, "/left", value)).isEqualTo("none");
        assertThat(service.getBean(DeadlineHeader.class).ignored()).isEqualTo(1);
    }

    @Test
    void a_time_that_is_over_fails_calls_at_once_and_one_that_is_too_long_is_cut() {
        ConfigurableApplicationContext service =
                start(WebApplicationType.SERVLET, ACCEPT, "resilience.deadline.max=15s");
        assertThat(Client.REST_CLIENT.get(service, "/left", "0")).isEqualTo("over");
        assertThat(Long.parseLong(Client.REST_CLIENT.get(service, "/left", "9".repeat(30))))
                .isBetween(5_000L, 15_000L);
    }

    @Test
    void the_header_can_have_another_name() {
        ConfigurableApplicationContext service =
                start(WebApplicationType.SERVLET, ON, ACCEPT, "resilience.deadline.header=Time-Left");
        assertThat(withinCall(service, Client.REST_CLIENT, "/header")).isEqualTo("none");
        assertThat(Long.parseLong(withinCall(service, Client.REST_CLIENT, "/left")))
                .isBetween(10_000L, 20_000L);
    }

    @Test
    void a_reactive_service_has_the_deadline_in_its_context() {
        ConfigurableApplicationContext service = start(WebApplicationType.REACTIVE, ON, ACCEPT);
        assertThat(Long.parseLong(withinCall(service, Client.WEB_CLIENT, "/context")))
                .isBetween(10_000L, 20_000L);
        assertThat(Client.WEB_CLIENT.get(service, "/context")).isEqualTo("none");
        assertThat(Client.WEB_CLIENT.get(service, "/context", "-5")).isEqualTo("none");
    }

    @Test
    void a_reactive_request_tells_the_deadline_of_its_context() {
        ConfigurableApplicationContext service = start(WebApplicationType.REACTIVE, ON);
        CallClock clock = service.getBean(CallClock.class);
        var scope = new CallScope.Captured(clock.nanoTime() + 5_000_000_000L, RetriesInside.ALLOWED);
        Mono<String> request = service.getBean(WebClient.Builder.class)
                .build()
                .get()
                .uri(Client.uri(service, "/header"))
                .retrieve()
                .bodyToMono(String.class)
                .contextWrite(context -> context.put(CallScope.KEY, scope));
        assertThat(Long.parseLong(request.block())).isBetween(1L, 5_000L);
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void a_request_is_not_made_when_the_time_is_over(Client client) {
        ConfigurableApplicationContext service = start(WebApplicationType.SERVLET, ON);
        CallClock clock = service.getBean(CallClock.class);
        try (CallScope.Binding bound =
                CallScope.bind(new CallScope.Captured(clock.nanoTime(), RetriesInside.ALLOWED))) {
            assertThatThrownBy(() -> client.get(service, "/header"))
                    .isInstanceOf(DeadlineExceededException.class)
                    .isNotInstanceOf(AttemptTimeoutException.class);
        }
    }
}
