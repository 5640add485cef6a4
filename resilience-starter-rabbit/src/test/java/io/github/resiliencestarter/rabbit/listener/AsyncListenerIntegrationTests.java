package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Listeners that answer with a future. */
@WithRabbit
@ExtendWith(OutputCaptureExtension.class)
class AsyncListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void a_future_that_fails_is_tried_again_and_then_a_dead_letter(
            String type, RabbitServer rabbit, CapturedOutput output) {
        host = Host.of(rabbit, Futures.class)
                .with("spring.rabbitmq.listener.type", type)
                .start();
        recorder().failUntil(2, "b");
        host.send("a", "b", "poison", "d");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        await().untilAsserted(() -> assertThat(recorder().count("b")).isEqualTo(2));
        assertThat(recorder().count("poison")).isEqualTo(3);
        assertThat(recorder().seen()).containsOnlyOnce("a", "d");
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(output)
                .contains("Listener orders gave up a message of " + host.queue() + " (attempts: 3)")
                .contains("IllegalStateException: poison poison")
                .doesNotContain("AcknowledgeMode must be MANUAL")
                .doesNotContain("PRECONDITION_FAILED");
    }

    @Test
    void a_message_is_not_acknowledged_before_its_future_is_complete(RabbitServer rabbit) {
        host = Host.of(rabbit, Futures.class).start();
        host.send("never", "c");
        await().until(() -> recorder().seen().contains("c"));
        assertThat(host.unacknowledged()).isOne();
    }

    @Test
    void a_listener_that_throws_instead_is_tried_again_as_well(RabbitServer rabbit) {
        host = Host.of(rabbit, Futures.class).start();
        host.send("throws", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("throws"));
        assertThat(recorder().count("throws")).isEqualTo(3);
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void messages_of_a_batch_whose_future_fails_are_tried_again_one_by_one(RabbitServer rabbit) {
        host = Host.of(rabbit, BatchFutures.class).start();
        host.send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        await().untilAsserted(() -> assertThat(recorder().seen()).contains("a", "c"));
        assertThat(host.unacknowledged()).isZero();
    }

    private Recorder recorder() {
        return host.bean(Recorder.class);
    }

    private static CompletableFuture<Void> later(Recorder recorder, List<String> orders) {
        return CompletableFuture.runAsync(() -> orders.forEach(recorder::see));
    }

    @Configuration(proxyBeanMethods = false)
    static class Futures {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                CompletableFuture<Void> onOrder(String order) {
                    if (order.equals("throws")) {
                        recorder.see(order);
                        throw new IllegalStateException(order);
                    }
                    return order.equals("never") ? new CompletableFuture<>() : later(recorder, List.of(order));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BatchFutures extends Batches {

        @Bean
        @Override
        Object listener(Recorder recorder, Calls calls) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                CompletableFuture<Void> onOrders(List<String> orders) {
                    return later(recorder, orders);
                }
            };
        }
    }
}
