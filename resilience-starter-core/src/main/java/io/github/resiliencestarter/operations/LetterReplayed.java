package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Replay;
import java.time.Instant;

/**
 * A letter was sent back to where it failed, and the broker has confirmed it.
 */
public record LetterReplayed(DeadLetter letter, Instant time, Replay replay) implements MessageEvent {}
