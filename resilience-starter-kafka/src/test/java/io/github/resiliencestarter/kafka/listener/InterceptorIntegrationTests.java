package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.RecordInterceptor;

/** Interceptors of the host that fail: what they stand before must not be lost, nor anything after it. */
@WithKafka
class InterceptorIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_an_interceptor_cannot_send_to_kafka_is_a_dead_letter_and_not_a_failed_commit(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Intercepting.class)
                .send("a", "before b", "c")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "c");
        assertThat(host.deadLetters()).containsExactly("before b");
    }

    @Test
    void an_interceptor_that_fails_before_a_transaction_costs_no_other_record(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Intercepting.class);
        host.with("spring.kafka.producer.transaction-id-prefix", host.topic() + "-tx-")
                .with("spring.kafka.consumer.isolation-level", "read_committed");
        host.send("a", "before b", "c").start();
        await().untilAsserted(() -> assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "c"));
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("before b"));
    }

    @Test
    void what_fails_after_a_record_does_not_cost_the_next_one(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Intercepting.class)
                .send("a", "after b", "c")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "after b", "c");
    }

    @Test
    void a_batch_whose_interceptor_cannot_send_to_kafka_comes_again(KafkaServer kafka) {
        host = Host.of(kafka, 1, Batches.class)
                .with("spring.kafka.listener.type", "batch")
                .send("a", "b", "c")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "c");
    }

    @Test
    void a_batch_whose_interceptor_fails_before_its_transaction_comes_again(KafkaServer kafka) {
        host = Host.of(kafka, 1, Batches.class).with("spring.kafka.listener.type", "batch");
        host.with("spring.kafka.producer.transaction-id-prefix", host.topic() + "-tx-")
                .with("spring.kafka.consumer.isolation-level", "read_committed");
        host.send("a", "b", "c").start();
        await().untilAsserted(() -> assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "c"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Intercepting {

        @Bean
        RecordInterceptor<Object, Object> interceptor() {
            return new RecordInterceptor<>() {
                @Override
                public ConsumerRecord<Object, Object> intercept(
                        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
                    fail("before", record);
                    return record;
                }

                @Override
                public void afterRecord(ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
                    fail("after", record);
                }
            };
        }

        private static void fail(String when, ConsumerRecord<?, ?> record) {
            if (String.valueOf(record.value()).startsWith(when)) {
                throw new TimeoutException("the audit topic does not answer");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Batches {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        BatchInterceptor<Object, Object> interceptor() {
            return new BatchInterceptor<>() {
                private int calls;

                @Override
                public ConsumerRecords<Object, Object> intercept(
                        ConsumerRecords<Object, Object> records, Consumer<Object, Object> consumer) {
                    if (calls++ == 0) {
                        throw new TimeoutException("the audit topic does not answer");
                    }
                    return records;
                }
            };
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
}
