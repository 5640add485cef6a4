package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.DeadLetter;
import java.time.Instant;

/**
 * A message was given up: the broker, or the store, has confirmed its dead letter.
 */
public record MessageDeadLettered(DeadLetter letter, Instant time) implements MessageEvent {}
