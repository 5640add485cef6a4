package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.DeadLetter;
import java.time.Instant;

/**
 * Nobody takes a dead letter: neither the broker nor the store. Nothing is lost, but its source is paused until somebody helps.
 * Published again each time that another attempt to deliver it fails.
 *
 * @param exception why the last attempt failed
 */
public record LetterUndeliverable(DeadLetter letter, Instant time, Throwable exception) implements MessageEvent {}
