package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.call.UnprotectedCalls;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** With {@code resilience.enabled: false} the starter stands aside, and code that injects {@link ResilientCalls} still works. */
@AutoConfiguration
@Conditional(ResilienceSwitch.Off.class)
public class DisabledResilienceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ResilientCalls resilientCalls() {
        return new UnprotectedCalls();
    }
}
