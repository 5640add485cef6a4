package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ManualAckListenerErrorHandler;

@WithKafka
class AsyncListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_future_that_fails_is_a_dead_letter_and_counts_as_acknowledged(KafkaServer kafka) {
        host = Host.of(kafka, 1, Futures.class)
                .send("a", "poison", "c", "poison")
                .start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(4));
        assertThat(host.deadLetters()).containsExactly("poison", "poison");
        assertThat(host.bean(Recorder.class).count("poison")).isEqualTo(2);
    }

    @Test
    void nothing_beyond_it_is_committed_while_nobody_takes_the_letter(KafkaServer kafka) {
        host = Host.of(kafka, 1, Futures.class, UndeliverableIntegrationTests.Broken.class)
                .send("a", "poison", "c")
                .start();
        UndeliverableIntegrationTests.Outage outage = host.bean(UndeliverableIntegrationTests.Outage.class);
        await().until(() -> outage.refused() > 2);
        assertThat(host.committed(0)).isLessThanOrEqualTo(1);
        outage.end();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(host.bean(Recorder.class).count("poison")).isOne();
    }

    @Test
    void an_error_handler_that_acknowledges_a_failure_has_dealt_with_it(KafkaServer kafka) {
        host = Host.of(kafka, 1, Handled.class).send("a", "poison", "c").start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_failure_that_cannot_say_what_it_is_is_a_dead_letter(KafkaServer kafka) {
        host = Host.of(kafka, 1, Mute.class).send("a", "poison", "c").start();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).containsExactly("poison");
    }

    @Configuration(proxyBeanMethods = false)
    static class Handled {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        ManualAckListenerErrorHandler handler() {
            return (message, failure, consumer, acknowledgment) -> {
                Objects.requireNonNull(acknowledgment).acknowledge();
                return "dealt with";
            };
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false, errorHandler = "handler")
                CompletableFuture<Void> onOrder(String order) {
                    return CompletableFuture.runAsync(() -> recorder.see(order));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Mute {

        @Bean
        Object listener() {
            return new Object() {
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                CompletableFuture<Void> onOrder(String order) {
                    return order.equals("poison") ? new MuteFuture() : CompletableFuture.completedFuture(null);
                }
            };
        }
    }

    /** Passes its failure on as it is. A future of the JDK would ask it what it is, and fail itself. */
    private static final class MuteFuture extends CompletableFuture<Void> {

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            action.accept(null, new MuteException());
            return this;
        }
    }

    @SuppressWarnings("serial")
    private static final class MuteException extends RuntimeException {

        @Override
        public String getMessage() {
            throw new IllegalStateException("there are no words");
        }
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
                @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
                CompletableFuture<Void> onOrder(String order) {
                    return CompletableFuture.runAsync(() -> recorder.see(order));
                }
            };
        }
    }
}
