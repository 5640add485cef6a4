package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.FailureReason;
import java.time.Duration;
import java.time.Instant;

/**
 * The call was turned away on this side, and its caller got an exception.
 *
 * @param reason what turned it away; {@link FailureReason#isRejection()} holds
 * @param attempts how often the method was started before that, mostly 0
 * @param elapsed the time of the whole call, waits included
 * @param exception the rejection, before any wrapping
 */
public record CallRejected(
        String call, Instant time, FailureReason reason, int attempts, Duration elapsed, Throwable exception)
        implements CallEvent {}
