package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

@WithKafka
class DelayedRetriesIntegrationTests {

    private Host host;

    @BeforeEach
    void host(KafkaServer kafka) {
        host = Host.of(kafka, 2, Listener.class)
                .with("resilience.kafka.consumer.retry.max-attempts", "2")
                .with("resilience.kafka.consumer.retry.backoff.jitter", "0")
                .with("resilience.kafka.consumer.dead-letter.send-timeout", "3s");
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_fails_is_tried_again_after_each_delay_while_its_neighbours_are_processed() {
        Recorder recorder = start("200ms", "1s").failUntil(4, "b");
        host.sendTo(0, "a", "b", "c");
        await().untilAsserted(() -> assertThat(recorder.seen()).containsExactly("a", "b", "b", "c", "b", "b"));
        assertThat(host.deadLetters()).isEmpty();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
    }

    @Test
    void what_fails_after_the_last_delay_is_the_dead_letter_of_its_source() {
        Recorder recorder = start("200ms", "400ms").failAlways("b");
        host.sendTo(1, "a", "b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(recorder.count("b")).isEqualTo(4);

        ConsumerRecord<String, String> letter = host.deadLetterRecords().get(0);
        assertThat(letter.partition()).isEqualTo(1);
        assertThat(letter.key()).isEqualTo("key");
        assertThat(text(letter, DeadLetterHeaders.ID))
                .isEqualTo(new Source.Topic(host.group(), host.topic(), 1, 1).letterId());
        assertThat(text(letter, DeadLetterHeaders.GROUP)).isEqualTo(host.group());
        assertThat(text(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("4");
        assertThat(text(letter, "kafka_dlt-original-topic")).isEqualTo(host.topic());
        assertThat(letter.headers().lastHeader(DeadLetterHeaders.DUE_AT)).isNull();
        assertThat(letter.headers().lastHeader(DeadLetterHeaders.DELAY_LEVEL)).isNull();
    }

    @Test
    void a_message_that_waits_says_until_when_and_for_the_how_manieth_time() {
        start("200ms", "1s").failAlways("b");
        host.sendTo(0, "b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));

        ConsumerRecord<String, String> first = host.records(retryTopic("200ms")).get(0);
        ConsumerRecord<String, String> second = host.records(retryTopic("1s")).get(0);
        ConsumerRecord<String, String> letter = host.deadLetterRecords().get(0);
        assertThat(text(first, DeadLetterHeaders.DELAY_LEVEL)).isEqualTo("1");
        assertThat(text(first, DeadLetterHeaders.ATTEMPTS)).isEqualTo("2");
        assertThat(text(second, DeadLetterHeaders.DELAY_LEVEL)).isEqualTo("2");
        assertThat(text(second, DeadLetterHeaders.ATTEMPTS)).isEqualTo("3");
        for (ConsumerRecord<String, String> each : List.of(first, second)) {
            assertThat(text(each, DeadLetterHeaders.ID)).isEqualTo(text(letter, DeadLetterHeaders.ID));
            assertThat(text(each, DeadLetterHeaders.FIRST_FAILED_AT))
                    .isEqualTo(text(letter, DeadLetterHeaders.FIRST_FAILED_AT));
        }
        // Each was tried when it was due, and not before.
        assertThat(time(second, DeadLetterHeaders.LAST_FAILED_AT))
                .isAfterOrEqualTo(time(first, DeadLetterHeaders.DUE_AT));
        assertThat(time(letter, DeadLetterHeaders.LAST_FAILED_AT))
                .isAfterOrEqualTo(time(second, DeadLetterHeaders.DUE_AT));
        assertThat(Duration.between(
                        time(second, DeadLetterHeaders.LAST_FAILED_AT), time(second, DeadLetterHeaders.DUE_AT)))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
    }

    @Test
    void neither_level_waits_for_the_other() {
        Recorder recorder = start("300ms", "4s").failUntil(4, "long").failUntil(3, "short1", "short2");
        host.sendTo(0, "long", "short1");
        // Waits 4 s from now on.
        await().untilAsserted(() -> assertThat(recorder.count("long")).isEqualTo(3));
        host.sendTo(0, "short2");
        await().untilAsserted(() -> assertThat(recorder.count("short2")).isEqualTo(3));
        assertThat(recorder.count("short1")).isEqualTo(3);
        assertThat(recorder.count("long")).isEqualTo(3);
        await().untilAsserted(() -> assertThat(recorder.count("long")).isEqualTo(4));
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void what_would_fail_the_same_way_each_time_does_not_wait() {
        Recorder recorder = start("1m").on("b", attempt -> {
            throw new IllegalArgumentException("b is no order");
        });
        host.sendTo(0, "b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(recorder.count("b")).isEqualTo(1);
    }

    @Test
    void what_waits_survives_a_restart() {
        start("3s").failAlways("b");
        host.sendTo(0, "b");
        await().untilAsserted(() -> assertThat(host.records(retryTopic("3s"))).hasSize(1));
        host.stop();
        Recorder next = host.start().bean(Recorder.class);
        await().untilAsserted(() -> assertThat(next.seen()).containsExactly("b"));
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void another_instance_takes_over_what_waits_and_nothing_is_lost() {
        Recorder first = start("2s").failUntil(3, "a1", "a2", "a3").failUntil(3, "b1", "b2", "b3");
        host.sendTo(0, Host.values("a", 3)).sendTo(1, Host.values("b", 3));
        await().untilAsserted(() -> assertThat(host.records(retryTopic("2s"))).hasSize(6));
        Recorder second = host.start().bean(Recorder.class);
        await().untilAsserted(() -> {
            for (String value : List.of("a1", "a2", "a3", "b1", "b2", "b3")) {
                assertThat(first.count(value) + second.count(value)).as(value).isGreaterThanOrEqualTo(3);
            }
        });
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_topic_may_have_delays_of_its_own_or_none() {
        host.with("resilience.kafka.consumer.topics[" + host.topic() + "].delayed", "");
        Recorder recorder = start("1m").failAlways("b");
        host.sendTo(0, "b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(recorder.count("b")).isEqualTo(2);
    }

    @Test
    void a_retry_topic_that_is_not_there_makes_a_dead_letter_at_once() {
        host.with("resilience.kafka.consumer.dead-letter.create-topics", "false");
        start("1m").failAlways("b");
        host.sendTo(0, "b", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
    }

    @Test
    void a_tombstone_is_one_after_it_has_waited() {
        Recorder recorder = start("200ms").failAlways("null");
        host.sendTo(0, (String) null);
        await().untilAsserted(() -> assertThat(host.deadLetterRecords()).hasSize(1));
        assertThat(recorder.count("null")).isEqualTo(3);
        assertThat(host.records(retryTopic("200ms")).get(0).value()).isNull();
        assertThat(host.deadLetterRecords().get(0).value()).isNull();
    }

    @Test
    void while_an_operator_pauses_the_listener_nothing_is_retried() {
        Recorder recorder = start("1s").failAlways("b");
        host.sendTo(0, "b");
        await().untilAsserted(() -> assertThat(host.records(retryTopic("1s"))).hasSize(1));
        host.container().pause();
        await().during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(recorder.count("b")).isEqualTo(2));
        host.container().resume();
        await().untilAsserted(() -> assertThat(recorder.count("b")).isEqualTo(3));
    }

    @Test
    void in_a_transaction_the_retry_and_the_offset_are_committed_together() {
        host.with("spring.kafka.producer.transaction-id-prefix", host.topic() + "-tx-");
        Recorder recorder = start("300ms").failAlways("b", "d");
        host.sendTo(0, "b", "c", "d");
        await().untilAsserted(() ->
                assertThat(host.committedValues(host.topic() + "-dlq")).containsExactly("b", "d"));
        assertThat(recorder.count("b")).isEqualTo(3);
        assertThat(recorder.count("c")).isEqualTo(1);
        assertThat(recorder.count("d")).isEqualTo(3);
        await().untilAsserted(() ->
                assertThat(host.committedValues(retryTopic("300ms"))).containsExactly("b", "d"));
    }

    @Test
    void a_listener_that_reads_its_topic_from_the_beginning_does_not_read_its_retries_again(KafkaServer kafka) {
        host.close();
        host = Host.of(kafka, 1, Seeking.class).with("resilience.kafka.consumer.retry.max-attempts", "1");
        host.sendTo(0, "b");
        Recorder recorder = start("200ms");
        await().untilAsserted(() -> assertThat(recorder.count("b")).isEqualTo(2));
        assertThat(host.bean(SeekingListener.class).asked()).containsOnly(host.topic());
    }

    private Recorder start(String... delays) {
        for (int i = 0; i < delays.length; i++) {
            host.with("resilience.kafka.consumer.delayed[" + i + "]", delays[i]);
        }
        return host.start().bean(Recorder.class);
    }

    private String retryTopic(String delay) {
        return host.topic() + "-" + host.group() + "-retry-" + delay;
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static Instant time(ConsumerRecord<?, ?> record, String header) {
        return Instant.parse(text(record, header));
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
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                void onOrder(ConsumerRecord<String, String> order) {
                    recorder.see(String.valueOf(order.value()));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Seeking {

        @Bean
        Recorder recorder() {
            return new Recorder().failUntil(2, "b");
        }

        @Bean
        SeekingListener listener(Recorder recorder) {
            return new SeekingListener(recorder);
        }
    }

    static class SeekingListener implements ConsumerSeekAware {

        private final Recorder recorder;
        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        SeekingListener(Recorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback callback) {
            assigned.keySet().forEach(partition -> asked.add(partition.topic()));
            callback.seekToBeginning(assigned.keySet());
        }

        Set<String> asked() {
            return asked;
        }

        @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
        void onOrder(String order) {
            recorder.see(order);
        }
    }
}
