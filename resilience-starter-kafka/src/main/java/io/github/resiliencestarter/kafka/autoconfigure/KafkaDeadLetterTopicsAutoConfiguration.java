package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.kafka.KafkaResilienceProperties;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.DeadLetterSettings;
import io.github.resiliencestarter.kafka.deadletter.CompanionTopics;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterNames;
import io.github.resiliencestarter.kafka.deadletter.KafkaDeadLetterTransport;
import io.github.resiliencestarter.kafka.listener.DelayedConsumers;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** Dead letter topics that are there, with room for what comes, before the first listener starts. */
@AutoConfiguration(
        afterName = {
            "io.github.resiliencestarter.kafka.autoconfigure.KafkaListenerAutoConfiguration",
            "org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@ConditionalOnClass(KafkaListenerEndpointRegistry.class)
@ConditionalOnBean({KafkaDeadLetterTransport.class, DeadLetterNames.class})
public class KafkaDeadLetterTopicsAutoConfiguration {

    /** A start that waits longer for a broker that is down would be noticed; it is asked again in the background. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnMissingBean
    CompanionTopics kafkaCompanionTopics(
            KafkaResilienceProperties properties,
            ObjectProvider<KafkaAdmin> admins,
            ObjectProvider<ConsumerFactory<?, ?>> consumers) {
        KafkaAdmin admin = admins.getIfUnique();
        Map<String, ?> host = MainConnections.of(consumers, admin == null ? null : admin.getConfigurationProperties());
        return new CompanionTopics(host, properties.consumer().deadLetter().createTopics(), TIMEOUT);
    }

    /**
     * Asks for whom it needs when it starts: what depends on a bean is stopped with it, and counted as if it were one of those that
     * the phase of the listeners waits for, so the context would close before the listeners have ended.
     */
    @Bean
    DeadLetterTopicsStart kafkaDeadLetterTopicsStart(
            ObjectProvider<KafkaListenerEndpointRegistry> registries,
            CompanionTopics topics,
            DeadLetterNames names,
            KafkaDeadLetterTransport transport,
            ObjectProvider<DelayedConsumers> delayed,
            KafkaResilienceProperties properties) {
        DeadLetterSettings settings = properties.consumer().deadLetter();
        return new DeadLetterTopicsStart(
                () -> registries.stream()
                        .flatMap(registry -> registry.getAllListenerContainers().stream())
                        .toList(),
                topics,
                names,
                transport,
                settings.retention(),
                delayed::getObject);
    }
}
