package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import com.rabbitmq.client.Channel;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.ImmediateAcknowledgeAmqpException;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

/** Messages that are not processed yet when their listener returns. */
@WithRabbit
class LateSettlementIntegrationTests {

    private static final Map<String, Object> REPLAY = Map.of(
            DeadLetterHeaders.ID, "some-id", DeadLetterHeaders.REPLAY_COUNT, "1", DeadLetterHeaders.REPLAY_ID, "run-1");

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {Futures.class, ByHand.class})
    void a_replay_is_resolved_when_its_message_is_acknowledged(Class<?> listener, RabbitServer rabbit) {
        start(rabbit, listener);
        host.sendWith(REPLAY, "replay").send("b");
        await().until(() -> host.bean(Open.class).all.containsKey("b"));
        verify(store(), never()).resolve(any(), anyInt(), any());
        host.bean(Open.class).all.get("replay").complete(null);
        verify(store(), timeout(10_000)).resolve("some-id", 1, "run-1");
        assertThat(host.unacknowledged()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "batch"})
    void a_replay_is_resolved_when_its_transaction_is_committed(String type, RabbitServer rabbit) {
        host = Host.of(rabbit, Beans.class, Shipping.class)
                .with("test.type", type)
                .start();
        String shipped = host.queue() + ".shipped";
        host.onChannel(channel -> channel.queueDeclare(shipped, false, false, true, Map.of()));
        AtomicInteger seen = new AtomicInteger(-1);
        doAnswer(resolving -> {
                    seen.compareAndSet(-1, host.messages(shipped).size());
                    return true;
                })
                .when(store())
                .resolve(any(), anyInt(), any());
        host.sendWith(REPLAY, "replay");
        await().untilAsserted(() -> assertThat(seen).hasValue(1));
    }

    @ParameterizedTest
    @ValueSource(classes = {Futures.class, ByHand.class})
    void who_asks_for_an_acknowledgement_gets_it(Class<?> listener, RabbitServer rabbit) {
        start(rabbit, listener);
        host.send("enough", "enough", "b");
        await().until(() -> host.bean(Open.class).all.containsKey("b"));
        assertThat(host.unacknowledged()).isOne();
    }

    private void start(RabbitServer rabbit, Class<?> listener) {
        host = Host.of(rabbit, Beans.class, listener).with("spring.rabbitmq.listener.simple.prefetch", 2);
        if (listener == ByHand.class) {
            host.with("spring.rabbitmq.listener.simple.acknowledge-mode", "manual");
        }
        host.start();
    }

    private DeadLetterStore store() {
        return host.bean(DeadLetterStore.class);
    }

    /** What is not settled yet, by its body. */
    static class Open {

        final Map<String, CompletableFuture<Void>> all = new ConcurrentHashMap<>();

        CompletableFuture<Void> add(String order) {
            CompletableFuture<Void> open = new CompletableFuture<>();
            all.put(order, open);
            return open;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Open open() {
            return new Open();
        }

        @Bean
        DeadLetterStore store() {
            return mock(DeadLetterStore.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Futures {

        @Bean
        Object listener(Open open) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                CompletableFuture<Void> onOrder(String order) {
                    return order.equals("enough")
                            ? CompletableFuture.failedFuture(new ImmediateAcknowledgeAmqpException(order))
                            : open.add(order);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHand {

        @Bean
        Object listener(Open open) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrder(String order, Channel channel, @Header(AmqpHeaders.DELIVERY_TAG) long tag) {
                    if (order.equals("enough")) {
                        throw new ImmediateAcknowledgeAmqpException(order);
                    }
                    open.add(order).thenRun(() -> acknowledge(channel, tag));
                }
            };
        }

        private static void acknowledge(Channel channel, long tag) {
            try {
                channel.basicAck(tag, false);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
