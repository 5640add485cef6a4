package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.messaging.parking.LetterParking;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.DeadLetterSettings;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import io.github.resiliencestarter.rabbit.deadletter.LetterIntake;
import io.github.resiliencestarter.rabbit.deadletter.RabbitUnparkedLetters;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Dead letters of RabbitMQ as rows of the store, where there is one. */
@AutoConfiguration(
        afterName = {
            "io.github.resiliencestarter.autoconfigure.LetterParkingAutoConfiguration",
            "io.github.resiliencestarter.rabbit.autoconfigure.RabbitListenerAutoConfiguration",
            "org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration",
            "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration",
            "org.springframework.boot.rabbitmq.autoconfigure.RabbitAutoConfiguration"
        })
@ConditionalOnClass(ConnectionFactory.class)
@ConditionalOnBean({LetterParking.class, ConnectionFactory.class})
@Conditional(ParkingSwitch.class)
@EnableConfigurationProperties(RabbitResilienceProperties.class)
public class RabbitParkingAutoConfiguration {

    @Bean
    LetterIntake rabbitParking(
            RabbitResilienceProperties properties,
            ObjectProvider<ConnectionFactory> connections,
            ObjectProvider<DeadLetterNames> names,
            ConfigurableListableBeanFactory beans,
            LetterParking parking) {
        DeadLetterNames named = names.getIfAvailable(() -> names(properties));
        return new LetterIntake(
                MainConnections.of(connections),
                queues(properties, named, beans),
                named,
                properties.listener().deadLetter().queueType().name().toLowerCase(Locale.ROOT),
                parking);
    }

    @Bean
    RabbitUnparkedLetters rabbitUnparkedLetters(
            RabbitResilienceProperties properties,
            ObjectProvider<ConnectionFactory> connections,
            ObjectProvider<DeadLetterNames> names,
            ConfigurableListableBeanFactory beans,
            LetterIntake intake) {
        return new RabbitUnparkedLetters(
                MainConnections.of(connections),
                queues(properties, names.getIfAvailable(() -> names(properties)), beans),
                intake,
                Clock.systemUTC());
    }

    /** Of the listeners that are protected by then, and those that are named. */
    private static Supplier<Collection<String>> queues(
            RabbitResilienceProperties properties, DeadLetterNames names, ConfigurableListableBeanFactory beans) {
        ListeningContainers containers = new ListeningContainers(beans);
        return () -> {
            Set<String> queues = new LinkedHashSet<>(containers.deadLetterQueues(names));
            queues.addAll(properties.parking().queues());
            return queues;
        };
    }

    private static DeadLetterNames names(RabbitResilienceProperties properties) {
        DeadLetterSettings settings = properties.listener().deadLetter();
        return new DeadLetterNames(
                settings.queue(),
                settings.suffix(),
                settings.exchange(),
                properties.listener().delayedQueue());
    }
}
