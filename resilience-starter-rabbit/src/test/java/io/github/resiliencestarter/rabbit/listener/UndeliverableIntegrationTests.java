package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.rabbit.deadletter.RabbitDeadLetterTransport;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The dead letter queue takes nothing for a while. */
@WithRabbit
class UndeliverableIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void nothing_is_lost_or_processed_again_while_no_letter_is_taken(String type, RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, Broken.class)
                .with("spring.rabbitmq.listener.type", type)
                .with("resilience.rabbit.listener.retry.backoff.delay", "0")
                .send("a", "poison")
                .start();
        Recorder recorder = host.bean(Recorder.class);
        Outage outage = host.bean(Outage.class);
        await().until(() -> outage.refused() > 5);
        host.send("c", "d");
        await().until(() -> outage.refused() > 20);
        assertThat(recorder.seen()).containsExactly("a", "poison", "poison", "poison");
        outage.end();
        await().until(() -> recorder.seen().contains("d"));
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(recorder.seen()).containsExactly("a", "poison", "poison", "poison", "c", "d");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_service_that_is_stopped_meanwhile_leaves_everything_at_the_broker(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, Broken.class)
                .send("a", "poison", "c")
                .start();
        Outage outage = host.bean(Outage.class);
        await().until(() -> outage.refused() > 2);
        assertThat(host.unacknowledged()).isBetween(1, 2);
        assertThat(host.deadLetters()).isEmpty();
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
        Outage outage(RabbitDeadLetterTransport transport) {
            return new Outage(transport);
        }

        @Bean
        DeadLetterDispatch dispatch(Outage outage) {
            Backoff often = new Backoff(Duration.ofMillis(50), 1, Duration.ofMillis(50), 0);
            return new DeadLetterDispatch(
                    outage, () -> null, MessageObserver.NONE, new DispatchSettings(Duration.ofSeconds(2), 10, often));
        }
    }
}
