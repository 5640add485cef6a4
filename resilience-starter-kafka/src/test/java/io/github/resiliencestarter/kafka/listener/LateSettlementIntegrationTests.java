package io.github.resiliencestarter.kafka.listener;

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;

/** Records that are not processed yet when their listener returns. */
@WithKafka
class LateSettlementIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {Futures.class, ByHand.class, Batches.class})
    void a_replay_is_resolved_when_its_record_is_acknowledged(Class<?> listener, KafkaServer kafka) {
        host = Host.of(kafka, 1, Beans.class, listener);
        if (listener != Futures.class) {
            host.with("spring.kafka.listener.ack-mode", "manual");
        }
        if (listener == Batches.class) {
            host.with("spring.kafka.listener.type", "batch").with("spring.kafka.consumer.max-poll-records", 1);
        }
        // Before the start, so that one poll brings both: after it the container waits for the futures of its listener.
        host.sendWith(
                        "replay",
                        header(DeadLetterHeaders.ID, "some-id"),
                        header(DeadLetterHeaders.REPLAY_COUNT, "1"),
                        header(DeadLetterHeaders.REPLAY_ID, "run-1"))
                .send("b")
                .start();
        await().until(() -> open().containsKey("b"));
        verify(host.bean(DeadLetterStore.class), never()).resolve(any(), anyInt(), any());
        open().get("replay").complete(null);
        verify(host.bean(DeadLetterStore.class), timeout(10_000)).resolve("some-id", 1, "run-1");
    }

    private Map<String, CompletableFuture<Void>> open() {
        return host.bean(Open.class).all;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** What is not settled yet, by its value. */
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
                @KafkaListener(id = "orders", topics = "${test.topic}")
                CompletableFuture<Void> onOrder(String order) {
                    return open.add(order);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHand {

        @Bean
        Object listener(Open open) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}")
                void onOrder(String order, Acknowledgment acknowledgment) {
                    open.add(order).thenRun(acknowledgment::acknowledge);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Batches {

        @Bean
        Object listener(Open open) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}")
                void onOrders(List<String> orders, Acknowledgment acknowledgment) {
                    orders.forEach(order -> open.add(order).thenRun(acknowledgment::acknowledge));
                }
            };
        }
    }
}
