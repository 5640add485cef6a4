package io.github.resiliencestarter.kafka.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHandler;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.UnparkedLetters;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** A service with a listener and a database, and nothing said about dead letters. */
@WithKafka
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
class DeadLettersIntegrationTests {

    private final String topic = "orders-" + UUID.randomUUID();
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();
    private KafkaServer kafka;
    private Admin admin;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @KafkaListener(topics = "${test.topic}")
        void on(String order) {
            if (order.startsWith("poison")) {
                throw new IllegalStateException("no stock");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondChance {

        @DeadLetterHandler
        boolean settle(DeadLetter letter) {
            byte[] payload = letter.payload();
            return payload != null && new String(payload).contains("harmless");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MistakenHandler {

        @DeadLetterHandler
        void settle(DeadLetter letter) {}
    }

    @BeforeEach
    void open(KafkaServer server) throws Exception {
        kafka = server;
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
        await().ignoreExceptions().until(() -> describe(topic) != null);
    }

    @AfterEach
    void close() {
        started.forEach(ConfigurableApplicationContext::close);
        admin.close();
    }

    @Test
    void what_a_listener_gives_up_ends_in_the_database_by_way_of_a_topic_that_was_created() {
        ConfigurableApplicationContext service = start(Service.class);
        service.getBean(KafkaTemplate.class).send(topic, 2, "key", "poison");

        DeadLetterStore store = service.getBean(DeadLetterStore.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> store.count(LetterFilter.ALL) == 1);

        ParkedLetter parked = store.find(LetterFilter.ALL, null, 10).get(0);
        assertThat(parked.letter().source().name()).isEqualTo(topic);
        assertThat(parked.letter().payload()).isEqualTo("poison".getBytes());
        assertThat(parked.letter().failure().exception()).isEqualTo(IllegalStateException.class.getName());
        assertThat(parked.status()).isEqualTo(LetterStatus.OPEN);
        assertThat(describe(topic + "-dlq").partitions()).hasSize(3);
        await().until(() -> service.getBean(UnparkedLetters.class).oldest().isEmpty());
    }

    @Test
    void a_handler_gets_them_before() {
        ConfigurableApplicationContext service = start(Service.class, SecondChance.class);
        service.getBean(KafkaTemplate.class).send(topic, 0, "key", "poison, but harmless");
        service.getBean(KafkaTemplate.class).send(topic, 0, "key", "poison");

        DeadLetterStore store = service.getBean(DeadLetterStore.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> store.count(LetterFilter.ALL) == 2);

        assertThat(store.find(LetterFilter.ALL, null, 10))
                .extracting(ParkedLetter::status)
                .containsExactly(LetterStatus.RESOLVED, LetterStatus.OPEN);
    }

    @Test
    void mistakes_stop_the_start_with_the_property_and_the_remedy() {
        assertThatException()
                .isThrownBy(() -> start(List.of("resilience.kafka.consumer.dead-letter.suffix="), Service.class))
                .havingRootCause()
                .isInstanceOf(ResilienceConfigurationException.class)
                .withMessageContaining("resilience.kafka.consumer.dead-letter.topic: {topic}{suffix} with suffix ''")
                .withMessageContaining("its own dead letter topic");
        assertThatException()
                .isThrownBy(() -> start(Service.class, MistakenHandler.class))
                .havingRootCause()
                .isInstanceOf(ResilienceConfigurationException.class)
                .withMessageContaining("@DeadLetterHandler MistakenHandler.settle(DeadLetter): it returns void");
    }

    private ConfigurableApplicationContext start(Class<?>... sources) {
        return start(List.of(), sources);
    }

    private ConfigurableApplicationContext start(List<String> more, Class<?>... sources) {
        List<String> properties = new ArrayList<>(List.of(
                "spring.main.banner-mode=off",
                "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "spring.kafka.consumer.group-id=" + topic,
                "spring.kafka.consumer.auto-offset-reset=earliest",
                // the topic of dead letters is new, and is found sooner
                "spring.kafka.consumer.properties[metadata.max.age.ms]=500",
                "spring.kafka.consumer.fetch-max-wait=50ms",
                "spring.datasource.url=jdbc:h2:mem:" + topic + ";DB_CLOSE_DELAY=-1",
                "resilience.kafka.consumer.retry.max-attempts=1",
                "resilience.kafka.parking.topics=" + (more.isEmpty() ? topic + "*-dlq" : "*-dlq"),
                "resilience.kafka.parking.group=" + topic,
                "test.topic=" + topic));
        properties.addAll(more);
        ConfigurableApplicationContext service = new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties.toArray(String[]::new))
                .run();
        started.add(service);
        return service;
    }

    private TopicDescription describe(String name) {
        try {
            return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
