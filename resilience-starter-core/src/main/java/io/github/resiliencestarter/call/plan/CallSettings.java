package io.github.resiliencestarter.call.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The keys of a call. Whatever is absent is inherited.
 *
 * @param basedOn Another call whose keys this one inherits.
 * @param enabled Whether the call is protected at all; if not, its method runs as if it were not annotated. Default: true.
 * @param timeout How long an attempt and the whole call may take. Off unless configured.
 * @param retry How often and how soon to try again. On by default.
 * @param circuitBreaker When to stop calling a remote that fails. On by default.
 * @param bulkhead How many calls may run at the same time. Off unless configured.
 * @param rateLimiter How many attempts may start within a period. Off unless configured.
 * @param businessExceptions Exceptions that are answers and not failures: not retried, not recorded, no fallback, not wrapped.
 * @param fallback What callers see when the call has failed and no fallback method answered.
 */
public record CallSettings(
        @Nullable String basedOn,
        @Nullable Boolean enabled,
        @NestedConfigurationProperty @Nullable TimeoutSettings timeout,
        @NestedConfigurationProperty @Nullable RetrySettings retry,
        @NestedConfigurationProperty @Nullable CircuitBreakerSettings circuitBreaker,
        @NestedConfigurationProperty @Nullable BulkheadSettings bulkhead,
        @NestedConfigurationProperty @Nullable RateLimiterSettings rateLimiter,
        @Nullable List<Class<? extends Throwable>> businessExceptions,
        @NestedConfigurationProperty @Nullable FallbackSettings fallback) {

    /** Nothing configured. */
    public static CallSettings none() {
        return new CallSettings(null, null, null, null, null, null, null, null, null);
    }
}
