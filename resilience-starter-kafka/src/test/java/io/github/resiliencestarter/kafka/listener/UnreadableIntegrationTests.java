package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

/** Four bytes are a number, and anything else cannot be read. */
@WithKafka
class UnreadableIntegrationTests {

    private static final String NUMBER = "\0\0\0\7";

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_the_consumer_cannot_read_is_a_dead_letter_and_it_goes_on(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class)
                .with("spring.kafka.consumer.value-deserializer", IntegerDeserializer.class.getName());
        processesAllButOne();
    }

    @Test
    void what_an_error_handling_deserializer_cannot_read_is_a_dead_letter(KafkaServer kafka) {
        host = tolerant(kafka, SingleRecords.class);
        processesAllButOne();
    }

    @Test
    void in_a_batch_too(KafkaServer kafka) {
        host = tolerant(kafka, Numbers.class).with("spring.kafka.listener.type", "batch");
        processesAllButOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_key_that_cannot_be_read_is_a_dead_letter(boolean tolerant, KafkaServer kafka) {
        Class<?> type = tolerant ? ErrorHandlingDeserializer.class : IntegerDeserializer.class;
        host = Host.of(kafka, 1, SingleRecords.class)
                .with("spring.kafka.consumer.key-deserializer", type.getName())
                .with(
                        "spring.kafka.consumer.properties.spring.deserializer.key.delegate.class",
                        IntegerDeserializer.class.getName());
        host.send("a").start();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("a"));
        assertThat(host.deadLetterRecords().get(0).key()).isEqualTo("key");
        assertThat(host.bean(Recorder.class).seen()).isEmpty();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(1));
    }

    @Test
    void what_has_read_bytes_again_is_closed_with_the_application(KafkaServer kafka) throws JMException {
        Set<ObjectName> before = readers();
        host = Host.of(kafka, 1, Failing.class)
                .with("spring.kafka.consumer.value-deserializer", IntegerDeserializer.class.getName())
                .send(NUMBER)
                .start();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly(NUMBER));
        assertThat(readers()).isNotEqualTo(before);
        host.stop();
        assertThat(readers()).isEqualTo(before);
    }

    private static Set<ObjectName> readers() throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka.consumer:type=app-info,id=resilience-original-bytes-*"), null);
    }

    private void processesAllButOne() {
        host.send(NUMBER, "broken", NUMBER).start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).containsExactly("broken");
        assertThat(host.bean(Recorder.class).seen()).containsExactly("7", "7");
    }

    private static Host tolerant(KafkaServer kafka, Class<?> listener) {
        return Host.of(kafka, 1, listener)
                .with("spring.kafka.consumer.value-deserializer", ErrorHandlingDeserializer.class.getName())
                .with(
                        "spring.kafka.consumer.properties.spring.deserializer.value.delegate.class",
                        IntegerDeserializer.class.getName());
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
        void onOrder(Integer order) {
            throw new IllegalArgumentException("no " + order);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Numbers {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<Integer> orders) {
                    orders.forEach(order -> recorder.see(String.valueOf(order)));
                }
            };
        }
    }
}
