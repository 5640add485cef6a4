package io.github.resiliencestarter.autoconfigure;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.CustomizerWithName;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.github.resilience4j.common.bulkhead.configuration.ThreadPoolBulkheadConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.ratelimiter.configuration.RateLimiterConfigCustomizer;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resiliencestarter.call.Resilience4jRegistries;
import java.time.Duration;
import org.springframework.beans.factory.ListableBeanFactory;

/** The host's customizer beans for resilience4j configs: code has the last word over YAML, as in resilience4j. */
final class Resilience4jCustomizers {

    private final ListableBeanFactory beans;

    Resilience4jCustomizers(ListableBeanFactory beans) {
        this.beans = beans;
    }

    Resilience4jRegistries with(
            CircuitBreakerRegistry circuitBreakers,
            RetryRegistry retries,
            BulkheadRegistry bulkheads,
            ThreadPoolBulkheadRegistry threadPools,
            RateLimiterRegistry rateLimiters) {
        return new Resilience4jRegistries(
                circuitBreakers,
                retries,
                bulkheads,
                threadPools,
                rateLimiters,
                all(CircuitBreakerConfigCustomizer.class),
                all(RetryConfigCustomizer.class),
                all(BulkheadConfigCustomizer.class),
                all(ThreadPoolBulkheadConfigCustomizer.class),
                all(RateLimiterConfigCustomizer.class));
    }

    /** There is no time limiter in a pipeline, only its time, so the customizer of one is asked for that. */
    Duration attemptLimit(String call, Duration configured) {
        TimeLimiterConfig.Builder config = TimeLimiterConfig.custom().timeoutDuration(configured);
        all(TimeLimiterConfigCustomizer.class).getCustomizer(call).ifPresent(each -> each.customize(config));
        return config.build().getTimeoutDuration();
    }

    private <C extends CustomizerWithName> CompositeCustomizer<C> all(Class<C> type) {
        return new CompositeCustomizer<>(beans.getBeanProvider(type).stream().toList());
    }
}
