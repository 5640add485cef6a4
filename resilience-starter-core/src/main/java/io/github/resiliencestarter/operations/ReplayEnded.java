package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.ReplayJob;
import java.time.Instant;

/**
 * A replay has come to its end. Published by the instance that ran it.
 *
 * @param job its {@link ReplayJob#status()} is the end, its {@link ReplayJob#note()} why
 */
public record ReplayEnded(ReplayJob job, Instant time) implements MessageEvent {}
