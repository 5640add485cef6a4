package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;

@WithKafka
class AcknowledgmentIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"manual", "manual_immediate"})
    void what_is_given_up_is_acknowledged_for_a_listener_that_acknowledges_by_hand(String mode, KafkaServer kafka) {
        host = Host.of(kafka, 1, ByHand.class).with("spring.kafka.listener.ack-mode", mode);
        host.send("a", "poison", "c", "poison").start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(4));
        assertThat(host.deadLetters()).containsExactly("poison", "poison");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manual", "manual_immediate"})
    void a_partition_that_waits_does_not_block_a_container_with_asynchronous_acknowledgments(
            String mode, KafkaServer kafka) {
        host = Host.of(kafka, 2, LaterByHand.class)
                .with("spring.kafka.listener.ack-mode", mode)
                .with("spring.kafka.listener.async-acks", true)
                .with("spring.kafka.consumer.properties.max.poll.interval.ms", 2000)
                .with("resilience.kafka.consumer.retry.backoff.delay", "1500ms")
                .with("resilience.kafka.consumer.retry.max-attempts", 2);
        host.send("a", "poison", "c").sendTo(1, "d", "e").start();
        await().untilAsserted(() -> assertThat(host.committed(1)).isEqualTo(2));
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(host.bean(Recorder.class).count("poison")).isEqualTo(2);
    }

    @Test
    void a_listener_that_does_not_acknowledge_commits_nothing(KafkaServer kafka) {
        host = Host.of(kafka, 1, NeverByHand.class).with("spring.kafka.listener.ack-mode", "manual");
        host.send("a", "b").start();
        await().until(() -> host.bean(Recorder.class).seen().size() == 2);
        host.stop();
        assertThat(host.committed(0)).isZero();
    }

    /** Acknowledges each record in a way of its own. */
    abstract static class Acknowledging {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrder(String order, Acknowledgment acknowledgment) {
                    recorder.see(order);
                    acknowledge(acknowledgment);
                }
            };
        }

        abstract void acknowledge(Acknowledgment acknowledgment);
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHand extends Acknowledging {
        @Override
        void acknowledge(Acknowledgment acknowledgment) {
            acknowledgment.acknowledge();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LaterByHand extends Acknowledging {
        @Override
        void acknowledge(Acknowledgment acknowledgment) {
            CompletableFuture.runAsync(acknowledgment::acknowledge);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeverByHand extends Acknowledging {
        @Override
        void acknowledge(Acknowledgment acknowledgment) {}
    }
}
