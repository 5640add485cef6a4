package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

@WithKafka
class TransactionsIntegrationTests {

    private Host host;
    private String output;

    @BeforeEach
    void host(KafkaServer kafka) {
        host = Host.of(kafka, 2, Listener.class);
        output = host.topic() + "-out";
        host.create(output, 1);
        host.with("spring.kafka.producer.transaction-id-prefix", host.topic() + "-tx-")
                .with("spring.kafka.consumer.isolation-level", "read_committed")
                .with("spring.kafka.producer.properties[max.block.ms]", "5000")
                .with("resilience.kafka.consumer.dead-letter.send-timeout", "3s")
                .with("test.output", output);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_failed_attempt_is_tried_again_and_what_it_wrote_is_not_there() {
        Recorder recorder = start().failUntil(3, "b");
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactly("a", "b", "c"));
        assertThat(recorder.seen()).containsExactly("a", "b", "b", "b", "c");
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(3));
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void what_is_given_up_is_a_dead_letter_once_and_wrote_nothing() {
        Recorder recorder = start().failAlways("b", "d");
        host.send("a", "b", "c", "d");
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("b", "d"));
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(4));
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactly("a", "c"));
        assertThat(recorder.seen()).containsExactly("a", "b", "b", "b", "c", "d", "d", "d");
    }

    @Test
    void the_offset_of_a_dead_letter_is_committed_with_it_even_if_nothing_comes_after_it() {
        start().failAlways("b");
        host.sendTo(0, "b");
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("b"));
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(1));
        host.stop();
        Recorder next = start();
        host.sendTo(0, "c");
        await().untilAsserted(() -> assertThat(next.seen()).containsExactly("c"));
    }

    @Test
    void while_one_partition_waits_for_its_next_attempt_the_others_go_on() {
        host.with("resilience.kafka.consumer.retry.backoff.delay", "4s")
                .with("resilience.kafka.consumer.retry.backoff.jitter", "0");
        Recorder recorder = start().failUntil(2, "slow");
        host.sendTo(0, "slow", "after");
        await().untilAsserted(() -> assertThat(recorder.seen()).contains("slow"));
        host.sendTo(1, Host.values("x", 5));
        await().untilAsserted(() -> assertThat(recorder.seen()).contains("after"));
        assertThat(recorder.seen())
                .startsWith("slow", "x1", "x2", "x3", "x4", "x5")
                .endsWith("slow", "after");
    }

    @Test
    void what_was_polled_of_other_partitions_is_not_passed_over() {
        host.sendTo(0, "b", "c").sendTo(1, "y", "z");
        host.with("resilience.kafka.consumer.retry.max-attempts", "1");
        start().failAlways("b", "y");
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactlyInAnyOrder("b", "y"));
        await().untilAsserted(() -> assertThat(host.committedValues(output)).containsExactlyInAnyOrder("c", "z"));
    }

    @Test
    void a_letter_that_nobody_takes_holds_its_partition_and_the_listener_is_not_called_again() {
        host.with("resilience.kafka.consumer.dead-letter.create-topics", "false");
        deleteDeadLetterTopic();
        Recorder recorder = start().failAlways("b");
        host.sendTo(0, "b", "c");
        await().untilAsserted(() -> assertThat(recorder.count("b")).isEqualTo(3));
        host.sendTo(1, "d");
        await().untilAsserted(() -> assertThat(recorder.seen()).contains("d"));
        await().during(Duration.ofSeconds(3)).untilAsserted(() -> {
            assertThat(recorder.count("b")).isEqualTo(3);
            assertThat(recorder.seen()).doesNotContain("c");
            assertThat(host.committed(0)).isZero();
        });

        host.create(host.topic() + "-dlq", 2);
        await().untilAsserted(() -> assertThat(recorder.seen()).contains("c"));
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("b"));
        assertThat(recorder.count("b")).isEqualTo(3);
    }

    @Test
    void a_transaction_that_a_crash_has_left_open_is_ended_by_the_next_start() {
        Map<TopicPartition, OffsetAndMetadata> offset =
                Map.of(new TopicPartition(host.topic(), 0), new OffsetAndMetadata(1));
        Map<String, Object> settings = new HashMap<>(host.connection());
        settings.put("transactional.id", host.topic() + "-tx-resilience-0");
        settings.put("transaction.timeout.ms", 600_000);
        KafkaProducer<String, String> crashed =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            host.send("b", "c");
            crashed.initTransactions();
            crashed.beginTransaction();
            crashed.send(new ProducerRecord<>(host.topic() + "-dlq", 0, "key", "b"));
            crashed.sendOffsetsToTransaction(offset, new ConsumerGroupMetadata(host.group()));
            crashed.flush();

            Recorder recorder = start().failAlways("b");
            await().untilAsserted(() -> assertThat(recorder.seen()).containsExactly("b", "b", "b", "c"));
            await().untilAsserted(() ->
                    assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("b"));
        } finally {
            crashed.close(Duration.ZERO);
        }
    }

    private Recorder start() {
        return host.start().bean(Recorder.class);
    }

    private void deleteDeadLetterTopic() {
        try (Admin admin = Admin.create(host.connection())) {
            admin.deleteTopics(List.of(host.topic() + "-dlq"));
            await().until(() -> !admin.listTopics().names().get().contains(host.topic() + "-dlq"));
        }
    }

    /** A machine that is busy may take its time. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @Configuration(proxyBeanMethods = false)
    static class Listener {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        Object listener(
                Recorder recorder, KafkaTemplate<Object, Object> template, @Value("${test.output}") String output) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrder(String order) {
                    template.send(output, order);
                    recorder.see(order);
                }
            };
        }
    }
}
