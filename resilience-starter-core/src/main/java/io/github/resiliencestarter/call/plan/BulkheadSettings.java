package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may run at the same time; a slot is held until the whole call has ended, back-off included.
 *
 * @param enabled Whether the call has a bulkhead, once one is configured. Default: true.
 * @param instance A resilience4j bulkhead of another name to use as it is, instead of one of the call's own name.
 * @param maxConcurrentCalls Most calls at the same time. Default: 25.
 * @param maxWaitDuration Longest wait for a slot. Default: 0, rejected at once.
 */
public record BulkheadSettings(
        @Nullable Boolean enabled,
        @Nullable String instance,
        @Nullable Integer maxConcurrentCalls,
        @Nullable Duration maxWaitDuration) {}
