package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.Acknowledgment;

@WithKafka
class BatchListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_the_listener_names_is_tried_again_and_given_up_and_the_rest_goes_on(KafkaServer kafka) {
        start(kafka, Naming.class).failAlways("b").failUntil(2, "d");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(5));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "b", "b", "c", "d", "d", "e");
        assertThat(host.deadLetters()).containsExactly("b");
    }

    @Test
    void of_a_batch_that_fails_without_a_name_only_what_fails_alone_is_given_up(KafkaServer kafka) {
        start(kafka, Silent.class).failAlways("b", "e");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(5));
        assertThat(host.deadLetters()).containsExactly("b", "e");
        assertThat(host.bean(Recorder.class).seen()).contains("a", "c", "d");
    }

    @Test
    void a_batch_that_succeeds_in_a_further_attempt_leaves_no_dead_letter(KafkaServer kafka) {
        start(kafka, Silent.class).failUntil(3, "b");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(5));
        assertThat(host.deadLetters()).isEmpty();
        assertThat(host.bean(Recorder.class).count("b")).isEqualTo(3);
    }

    @Test
    void parts_of_a_batch_that_are_acknowledged_by_hand_acknowledge_the_whole(KafkaServer kafka) {
        host = Host.of(kafka, 1, Acknowledging.class)
                .with("spring.kafka.listener.type", "batch")
                .with("spring.kafka.listener.ack-mode", "manual");
        host.send("a", "b", "c", "d", "e").start().bean(Recorder.class);
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(5));
        assertThat(host.deadLetters()).containsExactly("b");
    }

    private Recorder start(KafkaServer kafka, Class<?> listener) {
        host = Host.of(kafka, 1, listener)
                .with("spring.kafka.listener.type", "batch")
                .with("spring.kafka.listener.auto-startup", "false");
        Recorder recorder = host.send("a", "b", "c", "d", "e").start().bean(Recorder.class);
        host.container().start();
        return recorder;
    }

    @Configuration(proxyBeanMethods = false)
    static class Naming {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<ConsumerRecord<String, String>> orders) {
                    for (ConsumerRecord<String, String> order : orders) {
                        try {
                            recorder.see(order.value());
                        } catch (RuntimeException failure) {
                            throw new BatchListenerFailedException("failed", failure, order);
                        }
                    }
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Silent {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<String> orders) {
                    orders.forEach(recorder::see);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Acknowledging {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("b");
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<String> orders, Acknowledgment acknowledgment) {
                    orders.forEach(recorder::see);
                    acknowledgment.acknowledge();
                }
            };
        }
    }
}
