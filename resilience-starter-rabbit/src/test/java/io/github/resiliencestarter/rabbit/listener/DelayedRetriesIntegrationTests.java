package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRabbit
class DelayedRetriesIntegrationTests {

    private Host host;

    @BeforeEach
    void host(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class)
                .with("resilience.rabbit.listener.retry.max-attempts", "2")
                .with("resilience.rabbit.listener.retry.backoff.delay", "0");
    }

    @AfterEach
    void close() {
        host.close();
        for (String delay : List.of("200ms", "400ms", "1s", "3s", "4s", "1m")) {
            host.onChannel(channel -> channel.queueDelete(host.queue() + ".retry." + delay));
        }
    }

    @Test
    void what_fails_is_tried_again_after_each_delay_while_its_neighbours_are_processed() {
        Recorder recorder = start("200ms", "1s").failUntil(4, "b");
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(recorder.seen()).containsExactly("a", "b", "b", "c", "b", "b"));
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void what_fails_after_the_last_delay_is_the_dead_letter_of_its_queue() {
        Recorder recorder = start("200ms", "400ms").failAlways("b");
        host.send("a", "b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(recorder.count("b")).isEqualTo(4);

        GetResponse letter = host.messages(host.queue() + ".dlq").get(0);
        assertThat(text(letter, DeadLetterHeaders.GROUP)).isEqualTo(host.queue());
        assertThat(text(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("4");
        assertThat(letter.getProps().getHeaders())
                .doesNotContainKeys(DeadLetterHeaders.DUE_AT, DeadLetterHeaders.DELAY_LEVEL);
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void neither_level_waits_for_the_other() {
        Recorder recorder = start("200ms", "4s").failUntil(4, "long").failUntil(3, "short1", "short2");
        host.send("long", "short1");
        // Waits 4 s from now on.
        await().untilAsserted(() -> assertThat(recorder.count("long")).isEqualTo(3));
        host.send("short2");
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
        host.send("b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(recorder.count("b")).isEqualTo(1);
    }

    @Test
    void what_waits_survives_a_restart() {
        start("3s").failAlways("b");
        host.send("b");
        await().untilAsserted(() ->
                assertThat(host.messages(host.queue() + ".retry.3s")).hasSize(1));
        host.stop();
        Recorder next = host.start().bean(Recorder.class);
        await().untilAsserted(() -> assertThat(next.seen()).containsExactly("b"));
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_queue_may_have_delays_of_its_own_or_none() {
        host.with("resilience.rabbit.listener.queues[" + host.queue() + "].delayed", "");
        Recorder recorder = start("1m").failAlways("b");
        host.send("b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(recorder.count("b")).isEqualTo(2);
    }

    @Test
    void a_delay_queue_that_is_not_there_makes_a_dead_letter_at_once() {
        host.with("resilience.rabbit.listener.dead-letter.declare-queues", "false");
        start("1m").failAlways("b");
        host.send("b", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
    }

    private Recorder start(String... delays) {
        return host.with("resilience.rabbit.listener.delayed", String.join(",", delays))
                .start()
                .bean(Recorder.class);
    }

    private static String text(GetResponse message, String name) {
        return String.valueOf(message.getProps().getHeaders().get(name));
    }
}
