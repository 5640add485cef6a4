package io.github.resiliencestarter;

import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.DeadLetterMetersAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.DeadLettersEndpointAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.DisabledResilienceAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.LetterTracesAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ReplayAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ResilienceAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ResilienceEndpointAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ResilienceHealthAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ResilienceMessageMetersAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ResilienceMessagesAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ResilienceMetricsAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.ResilienceOperationsAutoConfiguration;
import io.github.resiliencestarter.autoconfigure.boot3.ResilienceBoot3HealthAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A host application in the small: the auto-configurations that every host with the starter has. */
public final class Host {

    private Host() {}

    public static ApplicationContextRunner host() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        BulkheadAutoConfiguration.class,
                        RateLimiterAutoConfiguration.class,
                        ResilienceAutoConfiguration.class,
                        DisabledResilienceAutoConfiguration.class,
                        ResilienceOperationsAutoConfiguration.class,
                        ResilienceMessagesAutoConfiguration.class,
                        ResilienceMessageMetersAutoConfiguration.class,
                        LetterTracesAutoConfiguration.class,
                        ReplayAutoConfiguration.class,
                        DeadLetterMetersAutoConfiguration.class,
                        DeadLettersEndpointAutoConfiguration.class,
                        ResilienceMetricsAutoConfiguration.class,
                        ResilienceEndpointAutoConfiguration.class,
                        ResilienceHealthAutoConfiguration.class,
                        ResilienceBoot3HealthAutoConfiguration.class));
    }
}
