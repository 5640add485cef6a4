package io.github.resiliencestarter.rabbit.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@WithRabbit
class DeadLetterQueuesIntegrationTests {

    private final String source = "listened-" + UUID.randomUUID();
    private final ApplicationContextRunner context;

    DeadLetterQueuesIntegrationTests(RabbitServer rabbit) {
        context = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        RabbitAutoConfiguration.class, RabbitDeadLetterQueuesAutoConfiguration.class))
                .withUserConfiguration(Host.class)
                .withPropertyValues(
                        "source=" + source,
                        "spring.rabbitmq.addresses=" + rabbit.addresses(),
                        "resilience.rabbit.listener.delayed=10s",
                        "resilience.rabbit.listener.queues[" + source + "].delayed=20s,1m");
    }

    @Test
    void companions_of_listened_queues_are_there_before_the_first_message_and_after_they_were_lost() {
        context.run(host -> {
            assertThat(host).hasNotFailed();
            RabbitAdmin admin = host.getBean(RabbitAdmin.class);
            assertThat(admin.getQueueInfo(source + ".dlq")).isNotNull();
            assertThat(admin.getQueueInfo(source + ".retry.20s")).isNotNull();
            assertThat(admin.getQueueInfo(source + ".retry.1m")).isNotNull();
            assertThat(admin.getQueueInfo(source + ".retry.10s")).isNull();
            assertThat(admin.getQueueInfo(source + ".parking"))
                    .as("without a store")
                    .isNull();

            admin.deleteQueue(source + ".dlq");
            host.getBean(CachingConnectionFactory.class).resetConnection();
            await().until(() -> admin.getQueueInfo(source + ".dlq") != null);
        });
    }

    @Configuration
    @EnableConfigurationProperties(RabbitResilienceProperties.class)
    static class Host {

        @Bean
        DeadLetterNames names() {
            return new DeadLetterNames("{queue}{suffix}", ".dlq", "{queue}.dlx", "{queue}.retry.{delay}");
        }

        @Bean
        Queue queue(@Value("${source}") String source) {
            return QueueBuilder.durable(source).build();
        }

        @Bean
        SimpleMessageListenerContainer container(ConnectionFactory connections, Queue queue) {
            SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(connections);
            container.setQueueNames(queue.getName());
            MessageListener protectedByUs = message -> {};
            container.setMessageListener(protectedByUs);
            return container;
        }
    }
}
