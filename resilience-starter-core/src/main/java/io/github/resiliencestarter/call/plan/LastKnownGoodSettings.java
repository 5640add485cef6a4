package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers a failed call from the last success with the same arguments.
 *
 * @param enabled Whether successes are kept, once a key is set. Default: true.
 * @param maxStale Age up to which a success may answer. Default: 10m.
 * @param maxEntries Most successes kept, of each method. Default: 10000.
 */
public record LastKnownGoodSettings(
        @Nullable Boolean enabled,
        @Nullable Duration maxStale,
        @Nullable Integer maxEntries) {}
