package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

@WithKafka
class RecordListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_fails_is_tried_again_before_what_comes_after_it(KafkaServer kafka) {
        start(kafka).failUntil(3, "b");
        host.send("a", "b", "c");
        await().untilAsserted(
                        () -> assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "b", "b", "c"));
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void what_fails_for_good_is_a_dead_letter_and_its_neighbours_are_processed(KafkaServer kafka) {
        start(kafka).failAlways("b");
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "b", "b", "c");
        assertThat(host.deadLetters()).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "batch", "time", "count", "count_time"})
    void what_is_given_up_counts_as_acknowledged_in_each_mode(String mode, KafkaServer kafka) {
        host = Host.of(kafka, 1, Listener.class)
                .with("spring.kafka.listener.ack-mode", mode)
                .with("spring.kafka.listener.ack-time", "100ms")
                .with("spring.kafka.listener.ack-count", "2")
                // by time and by count it commits between two polls
                .with("spring.kafka.listener.poll-timeout", "500ms")
                .start();
        host.bean(Recorder.class).failAlways("b", "d");
        host.send("a", "b", "c", "d");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(4));
        assertThat(host.deadLetters()).containsExactly("b", "d");
    }

    private Recorder start(KafkaServer kafka) {
        host = Host.of(kafka, 1, Listener.class).start();
        return host.bean(Recorder.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Listener {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrder(String order) {
                    recorder.see(order);
                }
            };
        }
    }
}
