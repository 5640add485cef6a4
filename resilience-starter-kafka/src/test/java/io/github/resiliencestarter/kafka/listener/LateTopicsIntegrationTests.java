package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

@WithKafka
class LateTopicsIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_topic_that_is_younger_than_its_listener_gets_its_dead_letter_topic_with_its_first_letter(KafkaServer kafka) {
        host = Host.of(kafka, 1, Pattern.class)
                .with("spring.kafka.consumer.properties[metadata.max.age.ms]", "500")
                .start();
        String late = host.topic() + "-late";
        host.create(late, 2);
        host.sendToTopic(late, "poison");
        // Its records are looked at when it is there: a consumer that asks for a topic makes it.
        try (Admin admin = Admin.create(host.connection())) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(admin.listTopics().names().get()).contains(late + "-dlq"));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(host.records(late + "-dlq")).hasSize(1));
    }

    @Configuration(proxyBeanMethods = false)
    static class Pattern {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topicPattern = "${test.topic}(-late)?", idIsGroup = false)
                void onOrder(String order) {
                    recorder.see(order);
                }
            };
        }
    }
}
