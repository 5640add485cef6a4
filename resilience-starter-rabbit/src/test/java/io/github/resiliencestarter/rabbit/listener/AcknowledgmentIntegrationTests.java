package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
        assertThat(host.bodies(host.queue())).containsExactly("poison");
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
        assertThat(host.bodies(host.queue())).containsExactly("waits");
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
        startWithLateConfirms(rabbit);
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
        startWithLateConfirms(rabbit);
        LateConfirms letters = host.bean(LateConfirms.class);
        CompletableFuture<Void> stopped = stopsWithoutConfirm();
        letters.confirmFirst();
        stopped.join();
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void what_fails_while_a_service_stops_comes_again_and_has_no_letter(RabbitServer rabbit) {
        startWithLateConfirms(rabbit);
        LateConfirms letters = host.bean(LateConfirms.class);
        Recorder recorder = host.bean(Recorder.class).failAlways("too late");
        CompletableFuture<Void> stopped = stopsWithoutConfirm();
        host.send("too late");
        await().until(() -> recorder.count("too late") == 3);
        letters.confirmFirst();
        stopped.join();
        assertThat(letters.open).hasSize(1);
        assertThat(host.bodies(host.queue())).containsExactly("too late");
    }

    private void startWithLateConfirms(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, LateConfirms.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "0")
                .send("poison")
                .start();
    }

    /** The service has begun to stop, and waits for its letter. */
    private CompletableFuture<Void> stopsWithoutConfirm() {
        host.bean(LateConfirms.class).awaitLetter();
        AbstractMessageListenerContainer container = host.container();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(host::stop);
        await().during(A_WHILE).until(container::isActive);
        return stopped;
    }

    /** A direct container looks after its consumers every 10 s by default. */
    @Configuration(proxyBeanMethods = false)
    static class SoonBack {

        @Bean
        ContainerCustomizer<DirectMessageListenerContainer> directContainers() {
            return container -> container.setMonitorInterval(200);
        }
    }
}
