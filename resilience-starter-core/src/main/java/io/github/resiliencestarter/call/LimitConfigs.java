package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.github.resilience4j.common.ratelimiter.configuration.RateLimiterConfigCustomizer;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.time.Duration;
import java.util.Optional;

/** From a plan to resilience4j's configs of a bulkhead and a rate limiter. Their rejections need no stack trace. */
final class LimitConfigs {

    private LimitConfigs() {}

    static BulkheadConfig bulkhead(CallPlan plan, BulkheadConfig base, Optional<BulkheadConfigCustomizer> customizer) {
        BulkheadConfig.Builder builder = BulkheadConfig.from(base)
                .maxConcurrentCalls(plan.get("bulkhead.max-concurrent-calls", Integer.class))
                .maxWaitDuration(plan.get("bulkhead.max-wait-duration", Duration.class));
        if (!plan.isSetInResilience4j("bulkhead.writable-stack-trace-enabled")) {
            builder.writableStackTraceEnabled(false);
        }
        customizer.ifPresent(each -> each.customize(builder));
        return builder.build();
    }

    static RateLimiterConfig rateLimiter(
            CallPlan plan, RateLimiterConfig base, Optional<RateLimiterConfigCustomizer> customizer) {
        RateLimiterConfig.Builder builder = RateLimiterConfig.from(base)
                .limitForPeriod(plan.get("rate-limiter.limit-for-period", Integer.class))
                .limitRefreshPeriod(plan.get("rate-limiter.limit-refresh-period", Duration.class))
                .timeoutDuration(plan.get("rate-limiter.timeout-duration", Duration.class));
        if (!plan.isSetInResilience4j("rate-limiter.writable-stack-trace-enabled")) {
            builder.writableStackTraceEnabled(false);
        }
        customizer.ifPresent(each -> each.customize(builder));
        return builder.build();
    }
}
