package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import java.time.Duration;
import java.time.Instant;

/**
 * The call failed for good, and its caller got an exception.
 *
 * @param attempts how often the method was started
 * @param elapsed the time of the whole call, waits included
 * @param exception the original exception of the last attempt, before any wrapping
 * @param outcome what its attempts have done at the remote: the worst that is possible
 */
public record CallFailed(
        String call,
        Instant time,
        FailureReason reason,
        int attempts,
        Duration elapsed,
        Throwable exception,
        CallOutcome outcome)
        implements CallEvent {}
