package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.LastKnownGood;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The call failed or was rejected, and its fallback or its last known good answer took its place.
 *
 * @param reason why the fallback was needed
 * @param attempts how often the method was started; 0 where the call was rejected before that
 * @param elapsed the time of the whole call, waits and fallback included
 * @param exception the original exception of the last attempt, or the rejection
 * @param lastKnownGood what callers got; null where a fallback answered
 */
public record CallFellBack(
        String call,
        Instant time,
        FailureReason reason,
        int attempts,
        Duration elapsed,
        Throwable exception,
        @Nullable LastKnownGood lastKnownGood)
        implements CallEvent {}
