package io.github.resiliencestarter.rabbit.listener;

import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.rabbit.deadletter.RabbitDeadLetterTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Letters that the broker gets and confirms when it is told to. */
@Configuration(proxyBeanMethods = false)
class LateConfirms {

    /** One for each letter; it completes when the broker confirms it. */
    final List<CompletableFuture<Void>> open = new CopyOnWriteArrayList<>();

    void awaitLetter() {
        await().until(() -> !open.isEmpty());
    }

    void confirmFirst() {
        open.get(0).complete(null);
    }

    @Bean
    DeadLetterDispatch dispatch(RabbitDeadLetterTransport transport, LateConfirms self) {
        DeadLetterTransport late = new DeadLetterTransport() {
            @Override
            public boolean serves(Source source) {
                return transport.serves(source);
            }

            @Override
            public CompletionStage<Void> deadLetter(DeadLetter letter) {
                CompletableFuture<Void> stage = new CompletableFuture<>();
                self.open.add(stage);
                return stage;
            }

            @Override
            public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
                return transport.replay(letter, replay);
            }
        };
        return new DeadLetterDispatch(
                late, () -> null, MessageObserver.NONE, DispatchSettings.of(Duration.ofSeconds(2), 10));
    }
}
