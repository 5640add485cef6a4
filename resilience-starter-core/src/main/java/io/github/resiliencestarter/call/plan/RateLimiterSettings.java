package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts may start within a period; each retry takes a permit too.
 *
 * @param enabled Whether the call has a rate limiter, once one is configured. Default: true.
 * @param instance A resilience4j rate limiter of another name to use as it is, instead of one of the call's own name.
 * @param limitForPeriod Attempts per period. Required; no default.
 * @param limitRefreshPeriod Length of the period. Default: 1s.
 * @param timeoutDuration Longest wait for a permit. Default: 0, rejected at once.
 */
public record RateLimiterSettings(
        @Nullable Boolean enabled,
        @Nullable String instance,
        @Nullable Integer limitForPeriod,
        @Nullable Duration limitRefreshPeriod,
        @Nullable Duration timeoutDuration) {}
