package io.github.resiliencestarter.rabbit.autoconfigure;

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
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.UnparkedLetters;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A service with a listener and a database, and nothing said about dead letters. */
@WithRabbit
class DeadLettersIntegrationTests {

    private final String queue = "orders-" + UUID.randomUUID();
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();
    private final RabbitServer rabbit;

    DeadLettersIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        Queue orders(@Value("${test.queue}") String name) {
            return QueueBuilder.durable(name).quorum().build();
        }

        @RabbitListener(queues = "${test.queue}")
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

    @AfterEach
    void close() {
        started.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void what_a_listener_gives_up_ends_in_the_database_by_way_of_a_queue_that_was_declared() {
        ConfigurableApplicationContext service = start(List.of(), Service.class);
        service.getBean(RabbitTemplate.class).convertAndSend("", queue, "poison");

        DeadLetterStore store = service.getBean(DeadLetterStore.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> store.count(LetterFilter.ALL) == 1);

        ParkedLetter parked = store.find(LetterFilter.ALL, null, 10).get(0);
        assertThat(parked.letter().source()).isEqualTo(new Source.Queue(queue, "", queue));
        assertThat(parked.letter().payload()).isEqualTo("poison".getBytes());
        assertThat(parked.letter().failure().exception()).isEqualTo(IllegalStateException.class.getName());
        assertThat(parked.status()).isEqualTo(LetterStatus.OPEN);
        RabbitAdmin admin = service.getBean(RabbitAdmin.class);
        await().until(() -> admin.getQueueInfo(queue + ".dlq").getMessageCount() == 0);
        assertThat(admin.getQueueInfo(queue + ".parking")).isNotNull();
        await().until(() -> service.getBean(UnparkedLetters.class).oldest().isEmpty());
    }

    @Test
    void a_handler_gets_them_before() {
        ConfigurableApplicationContext service = start(List.of(), Service.class, SecondChance.class);
        service.getBean(RabbitTemplate.class).convertAndSend("", queue, "poison, but harmless");
        service.getBean(RabbitTemplate.class).convertAndSend("", queue, "poison");

        DeadLetterStore store = service.getBean(DeadLetterStore.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> store.count(LetterFilter.ALL) == 2);

        await().untilAsserted(() -> assertThat(store.find(LetterFilter.ALL, null, 10))
                .extracting(ParkedLetter::status)
                .containsExactlyInAnyOrder(LetterStatus.RESOLVED, LetterStatus.OPEN));
    }

    @Test
    void what_stands_beside_a_queue_follows_its_settings_and_is_declared_again_when_the_broker_has_lost_it() {
        ConfigurableApplicationContext service = start(
                List.of(
                        "resilience.rabbit.parking.enabled=false",
                        "resilience.rabbit.listener.delayed=10s",
                        "resilience.rabbit.listener.queues[" + queue + "].delayed=20s,1m"),
                Service.class);
        RabbitAdmin admin = service.getBean(RabbitAdmin.class);
        assertThat(admin.getQueueInfo(queue + ".dlq")).isNotNull();
        assertThat(admin.getQueueInfo(queue + ".retry.20s")).isNotNull();
        assertThat(admin.getQueueInfo(queue + ".retry.1m")).isNotNull();
        assertThat(admin.getQueueInfo(queue + ".retry.10s")).isNull();
        assertThat(admin.getQueueInfo(queue + ".parking")).as("nobody parks").isNull();

        admin.deleteQueue(queue + ".dlq");
        service.getBean(CachingConnectionFactory.class).resetConnection();

        await().atMost(Duration.ofSeconds(20)).until(() -> admin.getQueueInfo(queue + ".dlq") != null);
    }

    @Test
    void mistakes_stop_the_start_with_the_property_and_the_remedy() {
        assertThatException()
                .isThrownBy(() -> start(List.of("resilience.rabbit.listener.dead-letter.suffix="), Service.class))
                .havingRootCause()
                .isInstanceOf(ResilienceConfigurationException.class)
                .withMessageContaining("resilience.rabbit.listener.dead-letter.queue: {queue}{suffix} with suffix ''")
                .withMessageContaining("its own dead letter queue");
    }

    private ConfigurableApplicationContext start(List<String> more, Class<?>... sources) {
        List<String> properties = new ArrayList<>(List.of(
                "spring.main.banner-mode=off",
                "spring.rabbitmq.addresses=" + rabbit.addresses(),
                "spring.datasource.url=jdbc:h2:mem:" + queue + ";DB_CLOSE_DELAY=-1",
                "resilience.rabbit.listener.retry.max-attempts=1",
                "test.queue=" + queue));
        properties.addAll(more);
        ConfigurableApplicationContext service = new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties.toArray(String[]::new))
                .run();
        started.add(service);
        return service;
    }
}
