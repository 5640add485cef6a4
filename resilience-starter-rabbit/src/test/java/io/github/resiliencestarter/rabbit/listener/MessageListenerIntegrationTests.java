package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

@WithRabbit
class MessageListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void what_fails_is_tried_again_until_it_is_processed(String type, RabbitServer rabbit) {
        start(rabbit, type).failUntil(3, "b");
        host.send("a", "b", "c");
        await().until(() -> recorder().count("b") == 3);
        assertThat(recorder().seen()).containsOnlyOnce("a", "c");
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void what_fails_for_good_is_a_dead_letter_and_its_neighbours_are_processed(String type, RabbitServer rabbit) {
        Recorder recorder = start(rabbit, type);
        host.send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(recorder.count("poison")).isEqualTo(3);
        assertThat(recorder.seen()).containsOnlyOnce("a", "c");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void without_a_wait_it_is_tried_again_before_what_comes_after_it(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "0")
                .send("a", "poison", "c")
                .start();
        await().until(() -> recorder().seen().contains("c"));
        assertThat(recorder().seen()).containsExactly("a", "poison", "poison", "poison", "c");
    }

    @Test
    void of_messages_that_were_published_as_one_only_what_fails_is_a_dead_letter(RabbitServer rabbit) {
        Recorder recorder = start(rabbit, "simple").failUntil(2, "c");
        send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        await().until(() -> recorder.count("c") == 2);
        assertThat(recorder.seen()).containsOnlyOnce("a");
        host.send("d");
        await().until(() -> recorder.seen().contains("d"));
        assertThat(host.unacknowledged()).isZero();
    }

    private void send(String... values) {
        SimpleBatchingStrategy batch = new SimpleBatchingStrategy(values.length, 10_000, 10_000);
        RabbitTemplate template = host.bean(RabbitTemplate.class);
        Arrays.stream(values)
                .map(value -> batch.addToBatch("", host.queue(), new Message(value.getBytes(StandardCharsets.UTF_8))))
                .filter(whole -> whole != null)
                .forEach(whole -> template.send("", host.queue(), whole.getMessage()));
    }

    private Recorder start(RabbitServer rabbit, String type) {
        host = Host.of(rabbit, SingleMessages.class)
                .with("spring.rabbitmq.listener.type", type)
                .start();
        return recorder();
    }

    private Recorder recorder() {
        return host.bean(Recorder.class);
    }
}
