package io.github.resiliencestarter.rabbit.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.rabbit.RabbitPublisher;
import io.github.resiliencestarter.rabbit.autoconfigure.RabbitPublisherAutoConfiguration;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.BlackHole;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.core.AmqpMessageReturnedException;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.AmqpNackReceivedException;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@WithRabbit
@Timeout(60)
class ConfirmedPublishingIntegrationTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final String queue = "published-" + UUID.randomUUID();
    private final RabbitServer rabbit;
    private final ApplicationContextRunner context;

    ConfirmedPublishingIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
        this.context = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RabbitAutoConfiguration.class, RabbitPublisherAutoConfiguration.class))
                .withPropertyValues(
                        "spring.rabbitmq.addresses=" + rabbit.addresses(), ConfirmedPublishing.PROPERTY + "=true");
    }

    @Test
    void what_a_queue_has_is_confirmed() {
        context.run(host -> {
            host.getBean(RabbitAdmin.class).declareQueue(new Queue(queue));
            RabbitTemplate template = host.getBean(RabbitTemplate.class);
            CorrelationData caller = new CorrelationData("mine");

            template.convertAndSend("", queue, "first", caller);

            assertThat(caller.getFuture())
                    .succeedsWithin(SOON)
                    .satisfies(confirm -> assertThat(confirm.isAck()).isTrue());
            assertThat(host.getBean(RabbitPublisher.class).send("", queue, "second"))
                    .succeedsWithin(SOON);
            assertThat(template.receiveAndConvert(queue, 5_000)).isEqualTo("first");
            assertThat(template.receiveAndConvert(queue, 5_000)).isEqualTo("second");
        });
    }

    @Test
    void what_no_queue_is_bound_for_fails() {
        context.run(host -> {
            CorrelationData caller = new CorrelationData("mine");

            host.getBean(RabbitTemplate.class).convertAndSend("", queue, "lost", caller);

            assertThat(caller.getFuture())
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(AmqpMessageReturnedException.class)
                    .withMessageContaining("no queue for exchange '' with routing key '" + queue + "'");
            assertThat(caller.getReturned()).isNotNull();
            assertThat(host.getBean(RabbitPublisher.class).send("", queue, "lost"))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(AmqpMessageReturnedException.class);
        });
    }

    @Test
    void what_a_queue_refuses_fails() {
        context.run(host -> {
            host.getBean(RabbitAdmin.class)
                    .declareQueue(new Queue(
                            queue, true, false, false, Map.of("x-max-length", 1, "x-overflow", "reject-publish")));
            RabbitPublisher publisher = host.getBean(RabbitPublisher.class);
            assertThat(publisher.send("", queue, "fits")).succeedsWithin(SOON);

            assertThat(publisher.send("", queue, "does not"))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(AmqpNackReceivedException.class)
                    .withMessageContaining("refused");
        });
    }

    @Test
    void an_exchange_that_is_not_there_fails() {
        context.run(host -> assertThat(host.getBean(RabbitPublisher.class).send("none-" + queue, "", "lost"))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(AmqpNackReceivedException.class)
                // With the broker's reason, unless Spring has taken the channel away by then.
                .withMessageContaining("The broker did not confirm the message"));
    }

    @Test
    void what_is_on_its_way_when_the_connection_is_lost_fails() {
        context.run(host -> {
            host.getBean(RabbitAdmin.class).declareQueue(new Queue(queue));
            RabbitPublisher publisher = host.getBean(RabbitPublisher.class);
            assertThat(publisher.send("", queue, "first")).succeedsWithin(SOON);
            CachingConnectionFactory connections = host.getBean(CachingConnectionFactory.class);
            // its channel is free again, so that no other one has to be opened when nobody answers
            await().until(() -> "1".equals(connections.getCacheProperties().getProperty("idleChannelsNotTx")));

            rabbit.node(0).proxy().apply(new BlackHole());
            CompletableFuture<Void> open = publisher.send("", queue, "second");
            rabbit.node(0).proxy().apply(new Cut());

            assertThat(open)
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(AmqpNackReceivedException.class);
            assertThat(publisher.send("", queue, "third")).failsWithin(SOON);
            rabbit.node(0).proxy().heal();
            assertThat(publisher.send("", queue, "fourth")).succeedsWithin(SOON);
        });
    }

    @Test
    void a_confirm_callback_of_the_host_gets_its_own_correlation_data() {
        context.withBean(RabbitTemplateWithCallback.class).run(host -> {
            CorrelationData caller = new CorrelationData("mine");

            host.getBean(RabbitTemplateWithCallback.class).convertAndSend("", queue, "lost", caller);

            assertThat(host.getBean(RabbitTemplateWithCallback.class).confirmed)
                    .succeedsWithin(SOON)
                    .isSameAs(caller);
        });
    }

    @Test
    void a_publisher_by_a_template_with_a_callback_tells_what_was_not_delivered() {
        context.withBean(RabbitTemplateWithCallback.class)
                .run(host -> assertThat(new RabbitPublisher(host.getBean(RabbitTemplateWithCallback.class))
                                .send("", queue, "lost"))
                        .failsWithin(SOON)
                        .withThrowableThat()
                        .havingCause()
                        .isInstanceOf(AmqpMessageReturnedException.class));
    }

    @Test
    void simple_confirms_of_the_host_are_told_at_the_start() {
        context.withPropertyValues("spring.rabbitmq.publisher-confirm-type=simple")
                .run(host -> assertThat(host)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ResilienceConfigurationException.class)
                        .hasMessageContaining("Remove spring.rabbitmq.publisher-confirm-type: simple"));
    }

    @Test
    void without_the_property_nothing_is_confirmed() {
        context.withPropertyValues(ConfirmedPublishing.PROPERTY + "=false").run(host -> {
            assertThat(host).doesNotHaveBean(RabbitPublisher.class);
            RabbitTemplate template = host.getBean(RabbitTemplate.class);
            assertThat(template.getConnectionFactory().isPublisherConfirms()).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RabbitPublisher(template))
                    .withMessageContaining(ConfirmedPublishing.PROPERTY);
        });
    }

    static class RabbitTemplateWithCallback extends RabbitTemplate {

        final CompletableFuture<CorrelationData> confirmed = new CompletableFuture<>();

        RabbitTemplateWithCallback(ConnectionFactory connections) {
            super(connections);
            setConfirmCallback((data, ack, cause) -> confirmed.complete(data));
        }
    }
}
