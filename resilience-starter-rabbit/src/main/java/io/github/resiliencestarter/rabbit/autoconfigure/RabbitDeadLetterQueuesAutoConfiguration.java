package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.messaging.parking.LetterParking;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.DeadLetterSettings;
import io.github.resiliencestarter.rabbit.deadletter.CompanionQueues;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import io.github.resiliencestarter.rabbit.listener.ListenerSettings;
import java.util.Locale;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Dead letter exchanges and queues that are there before the first listener starts. */
@AutoConfiguration(
        afterName = {
            "io.github.resiliencestarter.autoconfigure.LetterParkingAutoConfiguration",
            "io.github.resiliencestarter.rabbit.autoconfigure.RabbitListenerAutoConfiguration",
            "org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration",
            "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration",
            "org.springframework.boot.rabbitmq.autoconfigure.RabbitAutoConfiguration"
        })
@ConditionalOnClass(RabbitListenerEndpointRegistry.class)
@ConditionalOnBean({ConnectionFactory.class, DeadLetterNames.class, ListenerSettings.class})
public class RabbitDeadLetterQueuesAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CompanionQueues rabbitCompanionQueues(
            RabbitResilienceProperties properties,
            DeadLetterNames names,
            ObjectProvider<ConnectionFactory> connections,
            ObjectProvider<LetterParking> parking) {
        DeadLetterSettings settings = properties.listener().deadLetter();
        return new CompanionQueues(
                MainConnections.of(connections),
                names,
                settings.queueType().name().toLowerCase(Locale.ROOT),
                settings.declareQueues(),
                properties.parking().enabled() && parking.stream().findAny().isPresent());
    }

    /**
     * Asks for whom it needs when it starts: what depends on a bean is stopped with it, and counted as if it were one of those that
     * the phase of the listeners waits for, so the context would close before the listeners have ended.
     */
    @Bean
    DeadLetterQueuesStart rabbitDeadLetterQueuesStart(
            ConfigurableListableBeanFactory beans,
            CompanionQueues queues,
            ObjectProvider<ConnectionFactory> connections,
            ListenerSettings settings) {
        return new DeadLetterQueuesStart(
                new ListeningContainers(beans)::protectedQueues,
                queues,
                MainConnections.of(connections),
                queue -> settings.delays(queue).delays());
    }
}
