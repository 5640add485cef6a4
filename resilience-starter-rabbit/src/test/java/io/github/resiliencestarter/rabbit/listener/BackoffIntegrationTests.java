package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits while a message waits for its next attempt. */
@WithRabbit
class BackoffIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void those_behind_a_message_that_waits_overtake_it(String type, RabbitServer rabbit) {
        Recorder recorder = start(Host.of(rabbit, SingleMessages.class)
                        .with("spring.rabbitmq.listener.type", type)
                        .with("resilience.rabbit.listener.retry.backoff.delay", "300ms"))
                .failUntil(2, "slow");
        host.send("slow", "b", "c");
        await().until(() -> recorder.count("slow") == 2);
        assertThat(recorder.seen()).containsExactly("slow", "b", "c", "slow");
        assertThat(host.unacknowledged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void those_that_are_to_keep_their_order_wait_with_it(String type, RabbitServer rabbit) {
        Recorder recorder = start(Host.of(rabbit, SingleMessages.class)
                        .with("spring.rabbitmq.listener.type", type)
                        .with("resilience.rabbit.listener.keep-order", true)
                        .with("resilience.rabbit.listener.retry.backoff.delay", "100ms"))
                .failUntil(2, "slow");
        host.send("slow", "b", "c");
        await().until(() -> recorder.seen().contains("c"));
        assertThat(recorder.seen()).containsExactly("slow", "slow", "b", "c");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void no_more_than_half_of_what_the_broker_delivers_waits_and_a_stop_waits_for_none_of_it(RabbitServer rabbit) {
        Recorder recorder = start(Host.of(rabbit, SingleMessages.class)
                        .with("spring.rabbitmq.listener.simple.prefetch", 4)
                        .with("resilience.rabbit.listener.retry.backoff.delay", "5m")
                        .with("resilience.rabbit.listener.retry.backoff.max-delay", "5m"))
                .failAlways(Host.values("slow", 8));
        host.send(Host.values("slow", 8));
        await().until(() -> recorder.seen().size() == 3);
        await().during(Duration.ofMillis(300)).until(() -> recorder.seen().size() == 3);
        long start = System.nanoTime();
        assertThat(host.unacknowledged()).isEqualTo(8);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void a_listener_with_one_consumer_has_one_message_at_a_time(RabbitServer rabbit) {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Recorder recorder = start(
                Host.of(rabbit, SingleMessages.class).with("resilience.rabbit.listener.retry.backoff.delay", "1ms"));
        String[] values = Host.values("v", 300);
        for (String value : values) {
            recorder.on(value, attempt -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
                if (attempt == 1) {
                    throw new IllegalStateException(value);
                }
            });
        }
        host.send(values);
        await().until(() -> recorder.seen().size() == 600);
        assertThat(most).hasValue(1);
        assertThat(host.unacknowledged()).isZero();
    }

    private Recorder start(Host of) {
        host = of.start();
        return host.bean(Recorder.class);
    }
}
