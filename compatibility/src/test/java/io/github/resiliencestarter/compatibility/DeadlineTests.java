package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.ResilientCalls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** A deadline goes over HTTP, by each client, and is kept to by the servlet application that answers. */
class DeadlineTests {

    private static ConfigurableApplicationContext context;

    @RestController
    static class Answers {

        private final ResilientCalls calls;

        Answers(ResilientCalls calls) {
            this.calls = calls;
        }

        @GetMapping("/time-left")
        String timeLeft(@RequestHeader(name = "Request-Timeout-Ms", defaultValue = "none") String value) {
            try {
                return calls.call("plain").execute(() -> value);
            } catch (DeadlineExceededException over) {
                return "over";
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Clients {

        @Bean
        Answers answers(ResilientCalls calls) {
            return new Answers(calls);
        }

        @Bean
        @Scope("prototype")
        RestClient.Builder ownRestClients() {
            return RestClient.builder();
        }

        @Bean
        @Scope("prototype")
        WebClient.Builder ownWebClients() {
            return WebClient.builder();
        }
    }

    @BeforeAll
    static void start() {
        context = HostApplication.run(
                new SpringApplication(HostApplication.class, Clients.class),
                "resilience.deadline.propagate=true",
                "resilience.deadline.accept=true");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static String uri() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/time-left";
    }

    private static RestClient.RequestHeadersSpec<?> byRestClient() {
        return context.getBean("ownRestClients", RestClient.Builder.class)
                .build()
                .get()
                .uri(uri());
    }

    private static String withinCall(java.util.function.Supplier<String> request) {
        return context.getBean(ResilientCalls.class).call("full").execute(request::get);
    }

    @Test
    void a_rest_client_tells_what_its_call_has_left() {
        assertThat(byRestClient().retrieve().body(String.class)).isEqualTo("none");
        String left = withinCall(() -> byRestClient().retrieve().body(String.class));
        assertThat(Long.parseLong(left)).isBetween(1L, 1000L);
    }

    @Test
    void a_web_client_tells_what_its_call_has_left() {
        String left = withinCall(() -> context.getBean("ownWebClients", WebClient.Builder.class)
                .build()
                .get()
                .uri(uri())
                .retrieve()
                .bodyToMono(String.class)
                .block());
        assertThat(Long.parseLong(left)).isBetween(1L, 1000L);
    }

    @Test
    void a_request_whose_time_is_over_makes_no_call() {
        String answer =
                byRestClient().header("Request-Timeout-Ms", "0").retrieve().body(String.class);
        assertThat(answer).isEqualTo("over");
    }
}
