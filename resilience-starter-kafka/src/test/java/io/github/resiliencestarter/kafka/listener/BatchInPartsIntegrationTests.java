package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.adapter.RecordFilterStrategy;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

/** What is done with the list that a listener gets is its own affair, and what stops in the middle of a batch stops what follows. */
@WithKafka
class BatchInPartsIntegrationTests {

    private static final String ONE = "\0\0\0\1";

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_cannot_be_read_behind_a_record_that_waits_is_given_up_once(KafkaServer kafka) {
        host = Host.of(kafka, 1, Numbers.class)
                .with("spring.kafka.listener.type", "batch")
                .with("spring.kafka.consumer.properties[max.poll.interval.ms]", "1500")
                .with("spring.kafka.consumer.value-deserializer", ErrorHandlingDeserializer.class.getName())
                .with(
                        "spring.kafka.consumer.properties.spring.deserializer.value.delegate.class",
                        IntegerDeserializer.class.getName())
                .with("resilience.kafka.consumer.retry.backoff.delay", "1s")
                .with("resilience.kafka.consumer.retry.backoff.jitter", "0")
                .send(ONE, "broken")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("1", "1");
        assertThat(host.deadLetters()).containsExactly("broken");
    }

    @Test
    void a_filter_that_takes_records_out_of_a_batch_costs_no_good_ones(KafkaServer kafka) {
        host = Host.of(kafka, 1, Filtering.class)
                .with("spring.kafka.listener.type", "batch")
                .send("skip", "skip", "a", "poison", "b")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(5));
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(host.bean(Recorder.class).seen()).contains("a", "b").doesNotContain("skip");
    }

    @Test
    void a_listener_that_empties_its_list_loses_nothing(KafkaServer kafka) {
        host = Host.of(kafka, 1, Emptying.class)
                .with("spring.kafka.listener.type", "batch")
                .send("a", "b", "c")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).isEmpty();
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "a", "b", "c");
    }

    @Configuration(proxyBeanMethods = false)
    static class Numbers {

        @Bean
        Recorder recorder() {
            return new Recorder().failUntil(2, "1");
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<ConsumerRecord<String, Integer>> orders) {
                    orders.forEach(order -> recorder.see(String.valueOf(order.value())));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Filtering {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        RecordFilterStrategy<Object, Object> filter() {
            return order -> "skip".equals(order.value());
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<String> orders) {
                    for (int i = 0; i < orders.size(); i++) {
                        try {
                            recorder.see(orders.get(i));
                        } catch (IllegalStateException failure) {
                            throw new BatchListenerFailedException("not counted", failure, i);
                        }
                    }
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Emptying {

        @Bean
        Recorder recorder() {
            return new Recorder().failUntil(2, "b");
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<ConsumerRecord<String, String>> orders) {
                    while (!orders.isEmpty()) {
                        recorder.see(orders.remove(0).value());
                    }
                }
            };
        }
    }
}
