package io.github.resiliencestarter.messaging;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a message waits in a retry topic or queue for its next attempt. Immutable.
 *
 * @param level which of the configured delays it is, counted from 1
 * @param duration the delay as configured, by which its topic or queue is told from the others
 * @param dueAt when it may be tried again, by the clock of whoever has sent it there: the delay, give or take the jitter
 */
public record Delay(int level, Duration duration, Instant dueAt) {}
