package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.rabbit.deadletter.RabbitDeadLetterTransport;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the broker is told, and when. */
@WithRabbit
class AcknowledgmentIntegrationTests {

    private static final Duration A_WHILE = Duration.ofMillis(300);

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void a_message_whose_letter_is_not_confirmed_is_not_acknowledged_with_those_behind_it(
            String type, RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, LateConfirms.class)
                .with("spring.rabbitmq.listener.type", type)
                .with("resilience.rabbit.listener.retry.backoff.delay", "0")
                .send("a", "poison", "c")
                .start();
        await().until(() -> host.bean(Recorder.class).seen().contains("c"));
        assertThat(host.unacknowledged()).isOne();
        assertThat(bodies(host.messages(host.queue()))).containsExactly("poison");
    }

    @Test
    void a_letter_that_is_confirmed_acknowledges_nothing_before_its_message(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "5m")
                .with("resilience.rabbit.listener.retry.backoff.max-delay", "5m")
                .with("resilience.rabbit.listener.retry.ignore-exceptions", "java.lang.UnsupportedOperationException")
                .start();
        Recorder recorder = host.bean(Recorder.class).failAlways("waits").on("hopeless", attempt -> {
            throw new UnsupportedOperationException();
        });
        host.send("waits", "hopeless", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("hopeless"));
        await().until(() -> recorder.seen().contains("c"));
        assertThat(host.unacknowledged()).isOne();
        assertThat(bodies(host.messages(host.queue()))).containsExactly("waits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void when_the_connection_breaks_nothing_is_lost(String type, RabbitServer rabbit) throws InterruptedException {
        host = Host.of(rabbit, SingleMessages.class, SoonBack.class)
                .with("spring.rabbitmq.listener.type", type)
                .with("resilience.rabbit.listener.retry.backoff.delay", "200ms")
                .with("resilience.rabbit.listener.retry.max-attempts", 2)
                .start();
        Recorder recorder = host.bean(Recorder.class);
        CountDownLatch cut = new CountDownLatch(1);
        CountDownLatch inHand = new CountDownLatch(1);
        recorder.on("cut", attempt -> {
            inHand.countDown();
            await().until(() -> cut.getCount() == 0);
        });
        String[] poison = Host.values("poison", 20);
        recorder.failAlways(poison);
        host.send(poison).send("cut").send(Host.values("good", 20));
        inHand.await();
        rabbit.proxy().apply(new Cut());
        rabbit.proxy().heal();
        cut.countDown();
        await().untilAsserted(() -> assertThat(recorder.seen()).contains(Host.values("good", 20)));
        Set<String> wanted = new HashSet<>(List.of(poison));
        await().untilAsserted(
                        () -> assertThat(new HashSet<>(host.deadLetters())).isEqualTo(wanted));
        await().untilAsserted(() -> assertThat(recorder.count("cut")).isEqualTo(2));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_letter_whose_channel_has_gone_acknowledges_nothing_on_the_next_one(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, LateConfirms.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "0")
                .send("poison")
                .start();
        Recorder recorder = host.bean(Recorder.class);
        await().until(() -> recorder.count("poison") == 3);
        rabbit.proxy().apply(new Cut());
        rabbit.proxy().heal();
        await().until(() -> recorder.count("poison") == 6);
        host.bean(LateConfirms.class).confirmFirst();
        // Had the first letter's tag been sent on the new channel, its message would be gone without its letter.
        assertThat(host.unacknowledged()).isOne();
    }

    @Test
    void a_service_that_stops_waits_for_its_letters_so_that_their_messages_do_not_come_again(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, LateConfirms.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "0")
                .send("poison")
                .start();
        LateConfirms letters = host.bean(LateConfirms.class);
        await().until(() -> !letters.open.isEmpty());
        AbstractMessageListenerContainer container = host.container();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(host::stop);
        await().during(A_WHILE).until(container::isActive);
        letters.confirmFirst();
        stopped.join();
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void what_fails_while_a_service_stops_comes_again_and_has_no_letter(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, LateConfirms.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "0")
                .send("poison")
                .start();
        LateConfirms letters = host.bean(LateConfirms.class);
        await().until(() -> !letters.open.isEmpty());
        Recorder recorder = host.bean(Recorder.class).failAlways("too late");
        AbstractMessageListenerContainer container = host.container();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(host::stop);
        await().during(A_WHILE).until(container::isActive);
        host.send("too late");
        await().until(() -> recorder.count("too late") == 3);
        letters.confirmFirst();
        stopped.join();
        assertThat(letters.open).hasSize(1);
        assertThat(bodies(host.messages(host.queue()))).containsExactly("too late");
    }

    private static List<String> bodies(List<GetResponse> messages) {
        return messages.stream().map(message -> new String(message.getBody())).toList();
    }

    /** A direct container looks after its consumers every 10 s by default. */
    @Configuration(proxyBeanMethods = false)
    static class SoonBack {

        @Bean
        ContainerCustomizer<DirectMessageListenerContainer> directContainers() {
            return container -> container.setMonitorInterval(200);
        }
    }

    /** Letters that the broker gets and confirms when it is told to. */
    @Configuration(proxyBeanMethods = false)
    static class LateConfirms {

        private final List<CompletableFuture<Void>> open = new CopyOnWriteArrayList<>();

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
}
