package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

@WithKafka
class BatchTransactionsIntegrationTests {

    private Host host;
    private String output;

    @BeforeEach
    void host(KafkaServer kafka) {
        host = Host.of(kafka, 2, Listener.class);
        output = host.topic() + "-out";
        host.create(output, 1);
        host.with("spring.kafka.listener.type", "batch")
                .with("spring.kafka.listener.auto-startup", "false")
                .with("spring.kafka.producer.transaction-id-prefix", host.topic() + "-tx-")
                .with("spring.kafka.consumer.isolation-level", "read_committed")
                .with("test.naming", "false")
                .with("test.output", output);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_batch_that_fails_is_tried_again_as_a_whole_and_what_it_wrote_is_not_there(boolean naming) {
        Recorder recorder = start(naming).failUntil(3, "b");
        run("a", "b", "c");
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactly("a", "b", "c"));
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(3));
        assertThat(recorder.seen()).containsExactly("a", "b", "a", "b", "a", "b", "c");
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void what_the_listener_names_is_a_dead_letter_once_and_was_tried_no_more_than_it_may() {
        Recorder recorder = start(true).failAlways("b", "e");
        run("a", "b", "c", "d", "e");
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("b", "e"));
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(5));
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactly("a", "c", "d"));
        assertThat(recorder.count("b")).isEqualTo(3);
        assertThat(recorder.count("e")).isEqualTo(3);
        assertThat(host.deadLetters()).containsExactly("b", "e");
    }

    @Test
    void of_a_batch_that_fails_without_a_name_only_what_fails_alone_is_a_dead_letter() {
        start(false).failAlways("a3", "a8");
        run(Host.values("a", 10));
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(10));
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("a3", "a8"));
        await().untilAsserted(() -> assertThat(host.committedValues(output))
                .containsExactly("a1", "a2", "a4", "a5", "a6", "a7", "a9", "a10"));
        assertThat(host.deadLetters()).containsExactly("a3", "a8");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_a_batch_of_several_partitions_nothing_is_passed_over(boolean naming) {
        start(naming).failAlways("b", "x", "z");
        host.sendTo(1, "x", "y", "z");
        run("a", "b", "c");
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactlyInAnyOrder("a", "c", "y"));
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactlyInAnyOrder("b", "x", "z"));
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(3));
        await().untilAsserted(() -> assertThat(host.committed(1)).isGreaterThanOrEqualTo(3));
    }

    @Test
    void after_what_was_given_up_batches_are_whole_again() {
        start(false).failAlways("a2");
        run(Host.values("a", 4));
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(4));
        host.container().stop();
        host.bean(Sizes.class).all().clear();
        host.send(Host.values("b", 20));
        host.container().start();
        await().untilAsserted(() -> assertThat(host.committedValues(output)).hasSize(23));
        assertThat(host.bean(Sizes.class).all()).contains(20);
    }

    @Test
    void what_is_to_be_given_up_is_so_after_a_restart_too() {
        start(false).failAlways("b");
        run("a", "b");
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("b"));
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(2));
        host.stop();
        Recorder next = start(false);
        run("c");
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactly("a", "c"));
        assertThat(next.seen()).containsExactly("c");
    }

    @Test
    void what_cannot_be_read_is_a_dead_letter_and_the_listener_never_sees_it() {
        host.with("spring.kafka.consumer.value-deserializer", ErrorHandlingDeserializer.class.getName())
                .with(
                        "spring.kafka.consumer.properties.spring.deserializer.value.delegate.class",
                        Picky.class.getName());
        Recorder recorder = start(false);
        run("a", "unreadable", "c");
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactly("a", "c"));
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("unreadable"));
        assertThat(recorder.seen()).containsExactly("a", "c");
    }

    private Recorder start(boolean naming) {
        return host.with("test.naming", naming).start().bean(Recorder.class);
    }

    private void run(String... values) {
        host.send(values);
        host.container().start();
    }

    /** A machine that is busy may take its time. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    public static class Picky extends StringDeserializer {

        @Override
        public String deserialize(String topic, byte[] bytes) {
            String value = super.deserialize(topic, bytes);
            if (value.equals("unreadable")) {
                throw new SerializationException("unreadable");
            }
            return value;
        }
    }

    record Sizes(List<Integer> all) {}

    @Configuration(proxyBeanMethods = false)
    static class Listener {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        Sizes sizes() {
            return new Sizes(new CopyOnWriteArrayList<>());
        }

        @Bean
        Object listener(
                Recorder recorder,
                Sizes sizes,
                KafkaTemplate<Object, Object> template,
                @Value("${test.output}") String output,
                @Value("${test.naming}") boolean naming) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrders(List<ConsumerRecord<String, String>> orders) {
                    sizes.all().add(orders.size());
                    for (ConsumerRecord<String, String> order : orders) {
                        template.send(output, order.value());
                        try {
                            recorder.see(order.value());
                        } catch (RuntimeException failure) {
                            throw naming ? new BatchListenerFailedException("failed", failure, order) : failure;
                        }
                    }
                }
            };
        }
    }
}
