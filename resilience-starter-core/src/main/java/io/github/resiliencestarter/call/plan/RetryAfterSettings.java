package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a Retry-After with which the remote turned an attempt away (429 and 503 of HTTP).
 *
 * @param enabled Whether the next attempt waits as long as the remote asks for. Default: true.
 * @param maxWait Longest wait; where the remote asks for more the call fails at once. Default: 30s.
 */
public record RetryAfterSettings(
        @Nullable Boolean enabled, @Nullable Duration maxWait) {}
