package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.listener.MessageListenerContainer;

/** A wait for which nobody may be asleep: the consumer would be expelled from its group. */
@WithKafka
class LongBackoffIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "count", "time"})
    void the_partition_waits_and_the_others_go_on(String mode, KafkaServer kafka) {
        host = host(kafka, "2500ms")
                .with("spring.kafka.listener.ack-mode", mode)
                .with("spring.kafka.listener.ack-count", 1)
                .with("spring.kafka.listener.ack-time", "10ms")
                .send("a", "poison", "c")
                .sendTo(1, "d", "e")
                .start();
        Recorder recorder = host.bean(Recorder.class);
        await().untilAsserted(() -> assertThat(recorder.seen()).contains("a", "poison", "d", "e"));
        await().untilAsserted(() -> assertThat(host.committed(1)).isEqualTo(2));
        assertThat(recorder.count("poison")).isOne();
        assertThat(recorder.seen()).doesNotContain("c");
        assertThat(host.committed(0)).isLessThanOrEqualTo(1);
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(recorder.count("poison")).isEqualTo(2);
        assertThat(recorder.count("a")).isOne();
        assertThat(recorder.count("c")).isOne();
        assertThat(host.deadLetters()).containsExactly("poison");
    }

    @Test
    void many_short_waits_do_not_add_up_to_a_long_one(KafkaServer kafka) {
        host = host(kafka, "300ms").with("resilience.kafka.consumer.retry.backoff.jitter", "0");
        String[] values = Host.values("poison", 12);
        host.send(values).start();
        Recorder recorder = host.bean(Recorder.class).failAlways(values);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(12));
        // Whoever is expelled gets the records again, with the attempts of before forgotten in the end.
        assertThat(recorder.seen()).hasSize(24);
        assertThat(host.deadLetters()).containsExactly(values);
    }

    @Test
    void a_rebalance_in_the_meantime_loses_nothing_and_keeps_attempts_within_bounds(KafkaServer kafka) {
        host = host(kafka, "1500ms")
                .send("poison", "b")
                .sendTo(1, "poison", "d")
                .start();
        Recorder first = host.bean(Recorder.class);
        await().until(() -> first.count("poison") == 2);
        host.start();
        Recorder second = host.bean(Recorder.class);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(host.committed(0)).isEqualTo(2);
            assertThat(host.committed(1)).isEqualTo(2);
        });
        assertThat(host.deadLetters()).contains("poison");
        // Two of each here; an instance that knows nothing of the first attempt makes two of its own.
        assertThat(first.count("poison") + second.count("poison")).isBetween(4, 6);
        assertThat(first.count("b") + second.count("b")).isOne();
        assertThat(first.count("d") + second.count("d")).isOne();
    }

    @Test
    void a_stop_does_not_wait_for_the_next_attempt_and_the_record_comes_again(KafkaServer kafka) {
        host = host(kafka, "30s")
                .with("spring.kafka.consumer.properties.max.poll.interval.ms", 300_000)
                .with("resilience.kafka.consumer.retry.backoff.max-delay", "30s")
                .send("a", "poison", "c")
                .start();
        Recorder recorder = host.bean(Recorder.class);
        await().until(() -> recorder.count("poison") == 1);
        MessageListenerContainer container = host.container();
        long start = System.nanoTime();
        host.stop();
        assertThat(container.isChildRunning())
                .as("the context waits for its listeners")
                .isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(host.committed(0)).isEqualTo(1);
        assertThat(recorder.seen()).doesNotContain("c");
    }

    private static Host host(KafkaServer kafka, String delay) {
        return Host.of(kafka, 2, SingleRecords.class)
                .with("spring.kafka.consumer.properties.max.poll.interval.ms", 2000)
                .with("spring.kafka.consumer.properties.session.timeout.ms", 10_000)
                .with("resilience.kafka.consumer.retry.max-attempts", 2)
                .with("resilience.kafka.consumer.retry.backoff.delay", delay)
                .with("resilience.kafka.consumer.retry.backoff.jitter", "0");
    }
}
