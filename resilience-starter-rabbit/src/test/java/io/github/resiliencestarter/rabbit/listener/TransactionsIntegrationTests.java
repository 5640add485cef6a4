package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.transaction.RabbitTransactionManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Listeners whose channel is transacted. Each sends on what it gets before it fails. */
@WithRabbit
@ExtendWith(OutputCaptureExtension.class)
class TransactionsIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        String shipped = shipped();
        host.close();
        host.onChannel(channel -> channel.queueDelete(shipped));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct", "batch"})
    void a_failed_attempt_is_tried_again_and_what_it_wrote_is_not_there(String type, RabbitServer rabbit) {
        start(rabbit, type, Shipping.class);
        recorder().failUntil(3, "b");
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(contents()).containsExactly("a", "b", "c"));
        assertThat(recorder().count("b")).isEqualTo(3);
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct", "batch"})
    void what_is_given_up_is_a_dead_letter_once_and_wrote_nothing(String type, RabbitServer rabbit) {
        start(rabbit, type, Shipping.class);
        host.send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(contents()).containsExactly("a", "c"));
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void several_messages_in_one_transaction_are_not_undone_by_one_that_fails(RabbitServer rabbit) {
        start(rabbit, "several", Shipping.class);
        host.send("a", "b", "poison", "d");
        await().untilAsserted(() -> assertThat(contents()).containsExactly("a", "b", "d"));
        assertThat(recorder().seen()).containsOnlyOnce("a", "b", "d");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_message_is_not_acknowledged_before_somebody_has_its_letter(RabbitServer rabbit) {
        start(rabbit, "simple", Shipping.class, NoLetters.class);
        host.send("a", "poison", "c");
        await().until(() -> !host.bean(NoLetters.class).open.isEmpty());
        assertThat(contents()).containsExactly("a");
        host.bean(NoLetters.class).open.forEach(stage -> stage.complete(null));
        await().untilAsserted(() -> assertThat(contents()).containsExactly("a", "c"));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void when_the_service_stops_a_message_without_letter_comes_again(RabbitServer rabbit) {
        start(rabbit, "simple", Shipping.class, NoLetters.class);
        host.send("poison", "c");
        await().until(() -> !host.bean(NoLetters.class).open.isEmpty());
        assertThat(host.unacknowledged()).isEqualTo(2);
    }

    @Test
    void a_transaction_manager_of_the_container_takes_precedence_and_the_log_names_the_remedy(
            RabbitServer rabbit, CapturedOutput output) {
        start(rabbit, "managed", Shipping.class);
        recorder().failUntil(2, "b");
        host.send("a", "b");
        await().untilAsserted(() -> assertThat(contents()).containsExactly("a", "b"));
        assertThat(output)
                .containsOnlyOnce("Listener orders is not protected: it has a transaction manager."
                        + " Annotate the listener with @Transactional instead");
    }

    private void start(RabbitServer rabbit, String type, Class<?>... sources) {
        host = Host.of(rabbit, sources).with("test.type", type);
        host.onChannel(channel -> channel.queueDeclare(shipped(), true, false, false, null));
        host.start();
    }

    private String shipped() {
        return host.queue() + ".shipped";
    }

    private List<String> contents() {
        return host.messages(shipped()).stream()
                .map(message -> new String(message.getBody()))
                .toList();
    }

    private Recorder recorder() {
        return host.bean(Recorder.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Shipping {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        AbstractRabbitListenerContainerFactory<?> rabbitListenerContainerFactory(
                ConnectionFactory connections, @Value("${test.type}") String type) {
            SimpleRabbitListenerContainerFactory simple = new SimpleRabbitListenerContainerFactory();
            AbstractRabbitListenerContainerFactory<?> factory =
                    type.equals("direct") ? new DirectRabbitListenerContainerFactory() : simple;
            factory.setConnectionFactory(connections);
            factory.setChannelTransacted(true);
            if (type.equals("managed")) {
                factory.setTransactionManager(new RabbitTransactionManager(connections));
            }
            if (type.equals("batch")) {
                simple.setConsumerBatchEnabled(true);
            }
            if (type.equals("batch") || type.equals("several")) {
                simple.setBatchSize(4);
                simple.setReceiveTimeout(300L);
            }
            return factory;
        }

        @Bean
        Object listener(
                Recorder recorder,
                RabbitTemplate template,
                @Value("${test.queue}") String queue,
                @Value("${test.type}") String type) {
            template.setChannelTransacted(true);
            if (!type.equals("batch")) {
                return new Object() {
                    @RabbitListener(id = "orders", queues = "${test.queue}")
                    void onOrder(String order) {
                        template.convertAndSend(queue + ".shipped", order);
                        recorder.see(order);
                    }
                };
            }
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrders(List<String> orders) {
                    for (String order : orders) {
                        template.convertAndSend(queue + ".shipped", order);
                        recorder.see(order);
                    }
                }
            };
        }
    }

    /** Letters that the broker confirms when it is told to. */
    @Configuration(proxyBeanMethods = false)
    static class NoLetters {

        private final List<CompletableFuture<Void>> open = new CopyOnWriteArrayList<>();

        @Bean
        DeadLetterDispatch dispatch(NoLetters self) {
            DeadLetterTransport late = new DeadLetterTransport() {
                @Override
                public boolean serves(Source source) {
                    return true;
                }

                @Override
                public CompletionStage<Void> deadLetter(DeadLetter letter) {
                    CompletableFuture<Void> stage = new CompletableFuture<>();
                    self.open.add(stage);
                    return stage;
                }

                @Override
                public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
                    return CompletableFuture.completedStage(null);
                }
            };
            return new DeadLetterDispatch(
                    late, () -> null, MessageObserver.NONE, DispatchSettings.of(Duration.ofSeconds(1), 10));
        }
    }
}
