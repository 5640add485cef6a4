package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.Pause;
import java.time.Instant;

/**
 * A listener takes no messages, because of us.
 */
public record ConsumerPaused(Pause pause, Instant time) implements MessageEvent {}
