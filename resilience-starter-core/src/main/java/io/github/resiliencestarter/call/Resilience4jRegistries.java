package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.github.resilience4j.common.bulkhead.configuration.ThreadPoolBulkheadConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.ratelimiter.configuration.RateLimiterConfigCustomizer;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;

/** The host's resilience4j registries, and the customizer beans that have the last word on an instance's config. */
public record Resilience4jRegistries(
        CircuitBreakerRegistry circuitBreakers,
        RetryRegistry retries,
        BulkheadRegistry bulkheads,
        ThreadPoolBulkheadRegistry threadPools,
        RateLimiterRegistry rateLimiters,
        CompositeCustomizer<CircuitBreakerConfigCustomizer> circuitBreakerCustomizers,
        CompositeCustomizer<RetryConfigCustomizer> retryCustomizers,
        CompositeCustomizer<BulkheadConfigCustomizer> bulkheadCustomizers,
        CompositeCustomizer<ThreadPoolBulkheadConfigCustomizer> threadPoolCustomizers,
        CompositeCustomizer<RateLimiterConfigCustomizer> rateLimiterCustomizers) {}
