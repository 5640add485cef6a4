package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A time limiter as resilience4j's properties spell it. */
record Resilience4jTimeLimiter(@Nullable Duration timeoutDuration) {}
