package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.operations.MeteredCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** The meters of calls, where the application has a meter registry. */
@AutoConfiguration(
        after = ResilienceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({Pipelines.class, MeterRegistry.class})
public class ResilienceMetricsAutoConfiguration {

    /** Of several registries without a primary one, the global registry knows them all. */
    @Bean
    @Order(1)
    MeteredCalls resilienceMeteredCalls(ObjectProvider<MeterRegistry> registry) {
        return new MeteredCalls(() -> registry.getIfUnique(() -> Metrics.globalRegistry));
    }
}
