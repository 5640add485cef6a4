package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.operations.messages.MessageMeters;
import io.github.resiliencestarter.operations.messages.PausedConsumers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The meters of messages, where the application has a meter registry. */
@AutoConfiguration(
        after = ResilienceMessagesAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({PausedConsumers.class, MeterRegistry.class})
public class ResilienceMessageMetersAutoConfiguration {

    @Bean
    MessageMeters resilienceMessageMeters(PausedConsumers consumers, ObjectProvider<MeterRegistry> registry) {
        return new MessageMeters(consumers, () -> registry.getIfUnique(() -> Metrics.globalRegistry));
    }
}
