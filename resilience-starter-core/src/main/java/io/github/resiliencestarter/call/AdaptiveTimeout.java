package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.AdaptiveTimeoutSettings;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A timeout per attempt that follows the latencies of late: a multiple of one of their quantiles, between two bounds. Until
 * there are enough attempts to tell it is {@code timeout.per-attempt}, or the upper bound.
 *
 * <p>It cannot drive itself: an attempt that it ends is remembered as having taken as long as it was given, so that ending
 * attempts early does not make them look fast, and a remote that has become slower gets more time step by step, up to the upper
 * bound. Thread-safe.
 */
public final class AdaptiveTimeout {

    private final RecentLatencies.Quantile quantile;
    private final double factor;
    private final long min;
    private final long max;
    private final long untilKnown;

    private AdaptiveTimeout(RecentLatencies.Quantile quantile, double factor, long min, long max, long untilKnown) {
        this.quantile = quantile;
        this.factor = factor;
        this.min = min;
        this.max = max;
        this.untilKnown = untilKnown;
    }

    /** That of this plan; null where it has none. */
    static @Nullable AdaptiveTimeout of(CallPlan plan, @Nullable RecentLatencies latencies) {
        if (latencies == null || !plan.adaptsTimeout()) {
            return null;
        }
        AdaptiveTimeoutSettings settings = plan.adaptiveTimeout();
        long max = CallParts.required(settings.max()).toNanos();
        return new AdaptiveTimeout(
                latencies.quantile(CallParts.required(settings.quantile())),
                CallParts.required(settings.factor()),
                CallParts.required(settings.min()).toNanos(),
                max,
                plan.perAttemptNanos() == AttemptLimit.NONE ? max : plan.perAttemptNanos());
    }

    /** The limit of a first attempt that starts now, in nanoseconds. */
    long nanos() {
        long latency = quantile.nanos();
        if (latency == RecentLatencies.Quantile.UNKNOWN) {
            return untilKnown;
        }
        return (long) Math.max(min, Math.min(max, latency * factor));
    }

    /** The limit of a first attempt that starts now. */
    public Duration current() {
        return Duration.ofNanos(nanos());
    }

    /** Whether it follows the latencies already; before, there are too few. */
    public boolean isWarm() {
        return quantile.nanos() != RecentLatencies.Quantile.UNKNOWN;
    }
}
