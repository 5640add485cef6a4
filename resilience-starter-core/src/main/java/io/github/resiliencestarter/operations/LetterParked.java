package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.DeadLetter;
import java.time.Instant;

/**
 * A dead letter is in the store. A letter that comes twice is told once.
 *
 * @param failedAgain whether it was there before, and has failed again after a replay
 */
public record LetterParked(DeadLetter letter, Instant time, boolean failedAgain) implements MessageEvent {}
