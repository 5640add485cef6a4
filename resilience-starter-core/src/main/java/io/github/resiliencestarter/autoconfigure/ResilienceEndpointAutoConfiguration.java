package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.aop.ProtectedMethods;
import io.github.resiliencestarter.operations.ResilienceEndpoint;
import io.github.resiliencestarter.operations.ResilienceEvents;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code resilience}, where the application has the actuator and exposes it. */
@AutoConfiguration(after = ResilienceOperationsAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Pipelines.class)
public class ResilienceEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    ResilienceEndpoint resilienceEndpoint(Pipelines pipelines, ProtectedMethods methods, ResilienceEvents events) {
        return new ResilienceEndpoint(pipelines, methods, events);
    }
}
