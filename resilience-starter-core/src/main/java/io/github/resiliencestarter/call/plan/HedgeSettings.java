package io.github.resiliencestarter.call.plan;

import org.jspecify.annotations.Nullable;

/**
 * A second attempt that is started before the first one has answered; the first answer wins, and the other attempt is
 * cancelled. For idempotent calls only.
 *
 * @param enabled Whether the call is hedged, once a key of hedge is set. Default: true.
 * @param delay How long the first attempt may take before the next one is started: a time such as 200ms, or a quantile of the latencies of late such as p95. Default: p95.
 * @param max Most additional attempts at the same time. Default: 1.
 */
public record HedgeSettings(
        @Nullable Boolean enabled,
        @Nullable HedgeDelay delay,
        @Nullable Integer max) {}
