package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.Pause;
import java.time.Instant;

/**
 * A pause of ours is over.
 *
 * @param pause as it began
 */
public record ConsumerResumed(Pause pause, Instant time) implements MessageEvent {}
