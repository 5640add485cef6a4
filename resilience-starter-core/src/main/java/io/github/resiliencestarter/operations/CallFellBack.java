package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.FailureReason;
import java.time.Duration;
import java.time.Instant;

/**
 * The call failed or was rejected, and its fallback answered.
 *
 * @param reason why the fallback was needed
 * @param attempts how often the method was started; 0 where the call was rejected before that
 * @param elapsed the time of the whole call, waits and fallback included
 * @param exception the original exception of the last attempt, or the rejection
 */
public record CallFellBack(
        String call, Instant time, FailureReason reason, int attempts, Duration elapsed, Throwable exception)
        implements CallEvent {}
