package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A timeout per attempt that follows the latencies of late: a multiple of one of their quantiles. On as soon as a key is
 * set. Until enough attempts have been seen timeout.per-attempt holds, or max where there is none.
 *
 * @param quantile Part of the attempts that are at least as fast as what is multiplied. Default: 0.99.
 * @param factor What the quantile is multiplied by. Default: 2.0.
 * @param min Shortest timeout. Default: 10ms.
 * @param max Longest timeout. Default: timeout.per-attempt.
 */
public record AdaptiveTimeoutSettings(
        @Nullable Double quantile,
        @Nullable Double factor,
        @Nullable Duration min,
        @Nullable Duration max) {}
