package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.call.UnprotectedCalls;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** With {@code resilience.enabled: false} the starter stands aside, and code that injects {@link ResilientCalls} still works. */
@AutoConfiguration
@ConditionalOnProperty(name = "resilience.enabled", havingValue = "false")
public class DisabledResilienceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ResilientCalls resilientCalls() {
        return new UnprotectedCalls();
    }
}
