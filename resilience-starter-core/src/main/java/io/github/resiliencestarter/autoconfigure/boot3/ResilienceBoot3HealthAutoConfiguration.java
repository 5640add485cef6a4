package io.github.resiliencestarter.autoconfigure.boot3;

import io.github.resiliencestarter.autoconfigure.ResilienceHealthAutoConfiguration;
import io.github.resiliencestarter.operations.ResilienceHealth;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Health on Spring Boot 3.5. */
@AutoConfiguration(after = ResilienceHealthAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@ConditionalOnBean(ResilienceHealth.class)
public class ResilienceBoot3HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "resilienceHealthIndicator")
    ResilienceHealthIndicator resilienceHealthIndicator(ResilienceHealth health) {
        return new ResilienceHealthIndicator(health);
    }
}
