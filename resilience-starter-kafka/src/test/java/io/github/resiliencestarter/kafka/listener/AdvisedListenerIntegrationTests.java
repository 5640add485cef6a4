package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** A container whose host has given it an advice chain. */
@WithKafka
class AdvisedListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void advice_that_passes_over_what_it_has_seen_already_sees_each_record_once(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Idempotent.class)
                .send("a", "b", "a")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b");
    }

    @Test
    void a_future_that_fails_behind_advice_is_a_dead_letter(KafkaServer kafka) {
        host = Host.of(kafka, 1, Futures.class, Idempotent.class)
                .send("a", "poison", "c")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).containsExactly("poison");
    }

    @Configuration(proxyBeanMethods = false)
    static class Idempotent {

        @Bean
        ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> customizer() {
            Set<Object> known = ConcurrentHashMap.newKeySet();
            MethodInterceptor once = call -> {
                boolean isKnown = call.getArguments().length > 0
                        && call.getArguments()[0] instanceof ConsumerRecord<?, ?> order
                        && !known.add(order.value());
                return isKnown ? null : call.proceed();
            };
            return container -> container.getContainerProperties().setAdviceChain(once);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Futures {

        @Bean
        Object listener() {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                CompletableFuture<Void> onOrder(String order) {
                    return order.equals("poison")
                            ? CompletableFuture.failedFuture(new IllegalStateException("no stock"))
                            : CompletableFuture.completedFuture(null);
                }
            };
        }
    }
}
