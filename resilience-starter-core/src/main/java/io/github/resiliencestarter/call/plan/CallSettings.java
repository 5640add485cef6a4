package io.github.resiliencestarter.call.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The keys of a call. Whatever is absent is inherited.
 *
 * @param basedOn Another call whose keys this one inherits.
 * @param enabled Whether the call is protected at all; if not, its method runs as if it were not annotated. Default: true.
 * @param idempotent Whether the call may be made twice with the effect of once, so that it is tried again where nobody knows what became of an attempt. Default: as the annotation says, otherwise not.
 * @param timeout How long an attempt and the whole call may take. Off unless configured.
 * @param retry How often and how soon to try again. On by default.
 * @param retryBudget How much load retries and hedges may add. On by default.
 * @param retryAfter What is made of a Retry-After of the remote. On by default.
 * @param nestedRetries Whether calls made within an attempt of this one try again too, where this one does. Default: suppress.
 * @param hedge A second attempt where the first one takes long. Off unless configured.
 * @param circuitBreaker When to stop calling a remote that fails. On by default.
 * @param bulkhead How many calls may run at the same time. Off unless configured.
 * @param threadPoolBulkhead Threads of the call's own. Off unless configured.
 * @param rateLimiter How many attempts may start within a period. Off unless configured.
 * @param businessExceptions Exceptions that are answers and not failures: not retried, not recorded, no fallback, not wrapped.
 * @param fallback What callers see when the call has failed and no fallback method answered.
 * @param lastKnownGood Answers a failed call from the last success with the same arguments. Off unless configured.
 */
public record CallSettings(
        @Nullable String basedOn,
        @Nullable Boolean enabled,
        @Nullable Boolean idempotent,
        @NestedConfigurationProperty @Nullable TimeoutSettings timeout,
        @NestedConfigurationProperty @Nullable RetrySettings retry,
        @NestedConfigurationProperty @Nullable RetryBudgetSettings retryBudget,
        @NestedConfigurationProperty @Nullable RetryAfterSettings retryAfter,
        @Nullable NestedRetries nestedRetries,
        @NestedConfigurationProperty @Nullable HedgeSettings hedge,
        @NestedConfigurationProperty @Nullable CircuitBreakerSettings circuitBreaker,
        @NestedConfigurationProperty @Nullable BulkheadSettings bulkhead,
        @NestedConfigurationProperty @Nullable ThreadPoolBulkheadSettings threadPoolBulkhead,
        @NestedConfigurationProperty @Nullable RateLimiterSettings rateLimiter,
        @Nullable List<Class<? extends Throwable>> businessExceptions,
        @NestedConfigurationProperty @Nullable FallbackSettings fallback,
        @NestedConfigurationProperty @Nullable LastKnownGoodSettings lastKnownGood) {

    /** Nothing configured. */
    public static CallSettings none() {
        return SettingsTree.build(CallSettings.class, key -> null);
    }
}
