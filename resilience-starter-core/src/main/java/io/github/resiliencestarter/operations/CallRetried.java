package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.CallOutcome;
import java.time.Duration;
import java.time.Instant;

/**
 * An attempt failed, and another one follows.
 *
 * @param attempt the attempt that failed, counted from 1
 * @param delay the wait before the next one
 * @param elapsed the time since the call was entered
 * @param exception what the attempt threw
 * @param outcome what the attempt has done at the remote
 */
public record CallRetried(
        String call,
        Instant time,
        int attempt,
        Duration delay,
        Duration elapsed,
        Throwable exception,
        CallOutcome outcome)
        implements CallEvent {}
