package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.rabbit.RabbitResilience;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.core.AnonymousQueue;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Which listeners are ours. */
@WithRabbit
@ExtendWith(OutputCaptureExtension.class)
class StandingBackIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void the_error_handler_of_the_host_takes_precedence_and_the_log_says_so(
            RabbitServer rabbit, CapturedOutput output) {
        host = Host.of(rabbit, SingleMessages.class, OwnHandler.class)
                .send("a", "poison", "c")
                .start();
        await().until(() -> host.bean(Recorder.class).seen().contains("c"));
        assertThat(host.bean(OwnHandler.class).handled).hasSize(1);
        assertThat(host.deadLetters()).isEmpty();
        assertThat(output).containsOnlyOnce("Listener orders is not protected: its error handler is");
    }

    @Test
    void retries_of_the_host_take_precedence_and_the_log_names_the_property(
            RabbitServer rabbit, CapturedOutput output) {
        host = Host.of(rabbit, SingleMessages.class)
                .with("spring.rabbitmq.listener.simple.retry.enabled", true)
                .with("spring.rabbitmq.listener.simple.retry.initial-interval", "10ms")
                .with("spring.rabbitmq.listener.simple.retry.max-attempts", 2)
                .send("a", "poison", "c")
                .start();
        await().until(() -> host.bean(Recorder.class).seen().contains("c"));
        assertThat(host.bean(Recorder.class).count("poison")).isEqualTo(2);
        assertThat(host.deadLetters()).isEmpty();
        assertThat(output)
                .containsOnlyOnce("Listener orders is not protected: its advice chain has retries")
                .contains("Remove spring.rabbitmq.listener.*.retry.enabled");
    }

    @Test
    void a_queue_that_is_gone_with_its_consumer_is_left_alone_and_the_log_says_so(
            RabbitServer rabbit, CapturedOutput output) {
        host = Host.of(rabbit, Broadcast.class).start();
        host.bean(RabbitTemplate.class)
                .convertAndSend(host.bean(AnonymousQueue.class).getName(), "news");
        await().until(() -> host.bean(Broadcast.class).heard.contains("news"));
        assertThat(output).containsOnlyOnce("Listener broadcast is not protected: its queues are exclusive");
    }

    @Test
    void switched_off_nothing_is_touched(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class)
                .with("resilience.rabbit.listener.enabled", "off")
                .start();
        Object listener = host.container().getMessageListener();
        assertThat(listener.getClass().getPackageName()).startsWith("org.springframework.amqp");
    }

    @Test
    void a_listener_of_a_bean_that_is_made_late_is_ours(RabbitServer rabbit) {
        host = Host.of(rabbit, Late.class).start();
        assertThat((List<?>) List.copyOf(
                        host.bean(RabbitListenerEndpointRegistry.class).getListenerContainers()))
                .isEmpty();
        host.bean(LateOrders.class);
        host.send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void the_customizer_of_the_host_is_called_before_its_container_is_ours(RabbitServer rabbit) {
        host = Host.of(rabbit, Late.class, Customized.class).start();
        host.bean(LateOrders.class);
        assertThat(host.bean(Customized.class).seen).containsExactly("late");
        host.send("poison");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_container_that_is_made_by_hand_can_be_protected_before_it_runs(boolean direct, RabbitServer rabbit) {
        host = Host.of(rabbit).start();
        Recorder recorder = new Recorder().failAlways("poison");
        AbstractMessageListenerContainer container = byHand(direct, order -> recorder.see(new String(order.getBody())));
        try {
            assertThat(host.bean(RabbitResilience.class).protect(container)).isTrue();
            assertThat(host.bean(RabbitResilience.class).protect(container)).isTrue();
            container.start();
            host.send("a", "poison", "c");
            await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
            assertThat(recorder.count("poison")).isEqualTo(3);
            assertThat(recorder.seen()).containsOnlyOnce("a", "c");
        } finally {
            container.stop();
        }
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_container_that_runs_already_cannot_be_protected_any_more(RabbitServer rabbit) {
        host = Host.of(rabbit).start();
        AbstractMessageListenerContainer container = byHand(false, order -> {});
        container.start();
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> host.bean(RabbitResilience.class).protect(container))
                    .withMessage("Listener by hand is running already. Protect its container before it is started");
        } finally {
            container.stop();
        }
    }

    @Test
    void settings_of_a_queue_that_nobody_consumes_are_reported_with_the_one_that_was_meant(
            RabbitServer rabbit, CapturedOutput output) {
        host = Host.of(rabbit, SingleMessages.class);
        host.with("resilience.rabbit.listener.queues[" + host.queue() + "x].retry.max-attempts", 5)
                .start();
        assertThat(output)
                .contains("resilience.rabbit.listener.queues." + host.queue()
                        + "x: no listener consumes this queue. Did you mean")
                .contains(host.queue());
    }

    private AbstractMessageListenerContainer byHand(boolean direct, MessageListener listener) {
        ConnectionFactory connections = host.bean(ConnectionFactory.class);
        AbstractMessageListenerContainer container = direct
                ? new DirectMessageListenerContainer(connections)
                : new SimpleMessageListenerContainer(connections);
        container.setQueueNames(host.queue());
        container.setMessageListener(listener);
        container.setBeanName("by hand");
        return container;
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHandler {

        private final List<Throwable> handled = new CopyOnWriteArrayList<>();

        @Bean
        SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(
                ConnectionFactory connections, OwnHandler self) {
            SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
            factory.setConnectionFactory(connections);
            factory.setErrorHandler(failure -> {
                self.handled.add(failure);
                throw new AmqpRejectAndDontRequeueException(failure);
            });
            return factory;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customized {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Bean
        SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(
                ConnectionFactory connections, Customized self) {
            SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
            factory.setConnectionFactory(connections);
            factory.setContainerCustomizer(container -> {
                assertThat(container.getMessageListener())
                        .isNotInstanceOf(io.github.resiliencestarter.rabbit.listener.MessageListener.class);
                self.seen.add(container.getListenerId());
            });
            return factory;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Late {

        @Bean
        @Lazy
        LateOrders late() {
            return new LateOrders();
        }
    }

    static class LateOrders {

        @RabbitListener(id = "late", queues = "${test.queue}")
        void onOrder(String order) {
            if (order.equals("poison")) {
                throw new IllegalStateException(order);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broadcast {

        final List<String> heard = new CopyOnWriteArrayList<>();

        @Bean
        static AnonymousQueue own() {
            return new AnonymousQueue();
        }

        @RabbitListener(id = "broadcast", queues = "#{own.name}")
        void hear(String news) {
            heard.add(news);
        }
    }
}
