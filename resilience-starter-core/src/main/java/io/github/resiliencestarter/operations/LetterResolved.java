package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.Source;
import java.time.Instant;

/**
 * A message was processed after a replay.
 *
 * @param source where the replayed message came from
 * @param letterId {@link io.github.resiliencestarter.messaging.DeadLetter#id()}
 */
public record LetterResolved(Source source, Instant time, String letterId) implements MessageEvent {}
