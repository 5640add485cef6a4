package io.github.resiliencestarter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the last successful call with the same arguments returned. Immutable, but for the value itself: it is the very object
 * that was returned then.
 *
 * @param value the answer; null where the call returned null
 * @param age the time since that call ended; at most {@code last-known-good.max-stale}
 */
public record LastKnownGood(@Nullable Object value, Duration age) {}
