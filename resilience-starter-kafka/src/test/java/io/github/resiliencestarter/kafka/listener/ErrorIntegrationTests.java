package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not tried again. */
@WithKafka
class ErrorIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void an_error_is_a_dead_letter_and_the_container_goes_on(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class).start();
        host.bean(Recorder.class).on("b", attempt -> {
            throw new AssertionError("b");
        });
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "c");
        assertThat(host.deadLetters()).containsExactly("b");
    }

    @Test
    void a_virtual_machine_in_trouble_stops_the_container_and_commits_nothing_of_it(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class).start();
        host.bean(Recorder.class).on("b", attempt -> {
            throw new InternalError("simulated");
        });
        host.send("a", "b", "c");
        await().until(() -> !host.container().isRunning());
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b");
        assertThat(host.committed(0)).isLessThanOrEqualTo(1);
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_programming_error_is_not_tried_again(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class).start();
        host.bean(Recorder.class).on("b", attempt -> {
            throw new IllegalStateException(new NullPointerException());
        });
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b", "c");
    }

    @Test
    void a_topic_has_settings_of_its_own(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class);
        host.with("resilience.kafka.consumer.topics[" + host.topic() + "].retry.max-attempts", 5)
                .start();
        host.send("poison");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(1));
        assertThat(host.bean(Recorder.class).count("poison")).isEqualTo(5);
    }
}
