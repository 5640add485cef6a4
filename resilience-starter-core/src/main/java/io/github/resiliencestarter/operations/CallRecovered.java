package io.github.resiliencestarter.operations;

import java.time.Duration;
import java.time.Instant;

/**
 * A later attempt returned.
 *
 * @param attempts how often the method was started, at least 2
 * @param elapsed the time of the whole call, waits included
 */
public record CallRecovered(String call, Instant time, int attempts, Duration elapsed) implements CallEvent {}
