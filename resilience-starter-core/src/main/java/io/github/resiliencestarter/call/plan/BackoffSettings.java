package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait between attempts.
 *
 * @param delay Wait before the second attempt. Default: 200ms.
 * @param multiplier Factor by which each further wait grows; 1.0 keeps it the same. Default: 2.0.
 * @param maxDelay Longest wait. Default: 5s.
 * @param jitter Part of the wait that is random, from 0.0 (none) to 1.0: with 0.5 a wait of 200 ms is anything from 100 to 300 ms. Default: 0.5.
 */
public record BackoffSettings(
        @Nullable Duration delay,
        @Nullable Double multiplier,
        @Nullable Duration maxDelay,
        @Nullable Double jitter) {}
