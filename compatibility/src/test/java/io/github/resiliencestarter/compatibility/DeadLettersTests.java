package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterTransport;
import io.github.resiliencestarter.test.messaging.InMemoryReplayStore;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Parameters that may be missing, empty bodies and what is answered: each line of Spring Boot reads endpoints in its own way. */
class DeadLettersTests {

    private static final Source.Topic SOURCE = new Source.Topic("billing", "orders", 0, 7);

    private static ConfigurableApplicationContext context;
    private static Actuator actuator;

    @Configuration(proxyBeanMethods = false)
    static class Letters {

        @Bean
        InMemoryDeadLetterStore letters() {
            return new InMemoryDeadLetterStore(Clock.systemUTC());
        }

        @Bean
        InMemoryReplayStore replays() {
            return new InMemoryReplayStore(Clock.systemUTC());
        }

        @Bean
        InMemoryDeadLetterTransport broker() {
            return new InMemoryDeadLetterTransport();
        }
    }

    @BeforeAll
    static void start() {
        context = HostApplication.run(
                new SpringApplication(HostApplication.class, Letters.class),
                "management.endpoint.deadletters.access=unrestricted");
        actuator = new Actuator(context.getEnvironment());
        context.getBean(DeadLetterStore.class)
                .park(new DeadLetter(
                        SOURCE.letterId(),
                        SOURCE,
                        null,
                        new byte[] {1},
                        Headers.NONE,
                        Failure.of(new IllegalStateException("no stock")),
                        4,
                        Instant.now(),
                        Instant.now(),
                        0,
                        null));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void letters_are_read_with_and_without_parameters() {
        assertThat(actuator.get("deadletters").<Integer>read("$.groups.length()"))
                .isEqualTo(1);
        assertThat(actuator.get("deadletters/letters").<Integer>read("$.letters.length()"))
                .isEqualTo(1);
        assertThat(actuator.get("deadletters/letters?source=invoices").<Integer>read("$.letters.length()"))
                .isZero();
        assertThat(actuator.get("deadletters/letters/" + SOURCE.letterId()).<Integer>read("$.payload.bytes"))
                .isEqualTo(1);
        assertThat(actuator.get("deadletters/letters?limit=0").status()).isEqualTo(400);
        assertThat(actuator.get("deadletters/letters/nobody").status()).isEqualTo(404);
    }

    @Test
    void a_letter_is_replayed_and_what_makes_no_sense_is_refused() {
        assertThat(actuator.post("deadletters/replays", "{}").status()).isEqualTo(400);
        assertThat(actuator.post("deadletters/replays", "").status()).isEqualTo(400);
        Actuator.Answer started =
                actuator.post("deadletters/replays", "{\"source\": \"orders\", \"perSecond\": 5, \"canary\": false}");
        assertThat(started.status()).isEqualTo(202);

        await().untilAsserted(() -> assertThat(
                        context.getBean(InMemoryDeadLetterTransport.class).replays("orders"))
                .hasSize(1));
        String replay = "deadletters/replays/" + started.<String>read("$.id");
        await().untilAsserted(() ->
                assertThat(actuator.get(replay).<String>read("$.status")).isEqualTo("COMPLETED"));
        assertThat(actuator.delete(replay).status()).isEqualTo(409);
    }
}
