package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.kafka.deadletter.KafkaDeadLetterTransport;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ConsumerPostProcessor;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** The dead letter topic takes nothing for a while. */
@WithKafka
class UndeliverableIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void nothing_is_committed_or_lost_or_processed_again_while_no_letter_is_taken(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Broken.class).send("a", "poison", "c");
        outage();
    }

    @Test
    void nor_where_the_consumer_commits_by_itself(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Broken.class)
                .with("spring.kafka.consumer.enable-auto-commit", true)
                .with("spring.kafka.consumer.auto-commit-interval", "50ms")
                .send("a", "poison", "c");
        outage();
    }

    @Test
    void nor_where_the_consumer_cannot_be_guarded(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Broken.class, Unguarded.class)
                .send("a", "poison", "c");
        outage();
    }

    private void outage() {
        // Shorter than the outage, so that who waits for the letter gives up waiting.
        host.with("resilience.kafka.consumer.dead-letter.send-timeout", "500ms").start();
        Recorder recorder = host.bean(Recorder.class);
        Outage outage = host.bean(Outage.class);
        await().until(() -> outage.refused() > 20);
        assertThat(host.committed(0)).isLessThanOrEqualTo(1);
        assertThat(recorder.count("poison")).isEqualTo(3);
        outage.end();
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(recorder.count("poison")).isEqualTo(3);
        assertThat(recorder.count("a")).isOne();
        assertThat(recorder.count("c")).isOne();
    }

    static class Outage implements DeadLetterTransport {

        private final DeadLetterTransport broker;
        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean over;

        Outage(DeadLetterTransport broker) {
            this.broker = broker;
        }

        int refused() {
            return refused.get();
        }

        void end() {
            over = true;
        }

        @Override
        public boolean serves(Source source) {
            return broker.serves(source);
        }

        @Override
        public CompletionStage<Void> deadLetter(DeadLetter letter) {
            if (over) {
                return broker.deadLetter(letter);
            }
            refused.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("The broker takes nothing"));
        }

        @Override
        public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
            return broker.replay(letter, replay);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        Outage outage(KafkaDeadLetterTransport transport) {
            return new Outage(transport);
        }

        @Bean
        DeadLetterDispatch dispatch(Outage outage) {
            Backoff often = new Backoff(Duration.ofMillis(50), 1, Duration.ofMillis(50), 0);
            return new DeadLetterDispatch(
                    outage, () -> null, MessageObserver.NONE, new DispatchSettings(Duration.ofSeconds(2), 10, often));
        }
    }

    /** Whose factory takes no post processors. */
    @Configuration(proxyBeanMethods = false)
    static class Unguarded {

        @Bean
        ConsumerFactory<Object, Object> consumerFactory(
                org.springframework.boot.autoconfigure.kafka.KafkaProperties properties) {
            return new DefaultKafkaConsumerFactory<>(properties.buildConsumerProperties(null)) {
                @Override
                public void addPostProcessor(ConsumerPostProcessor<Object, Object> postProcessor) {
                    // as the interface does by default
                }
            };
        }
    }
}
