package io.github.resiliencestarter.operations;

/**
 * Something that happened to a message that failed, or to those who consume and replay messages. A message that is simply
 * processed publishes nothing, nor does a retry: that is what meters are for.
 */
public sealed interface MessageEvent extends ResilienceEvent
        permits MessageDeadLettered,
                LetterParked,
                LetterReplayed,
                LetterResolved,
                LetterUndeliverable,
                ConsumerPaused,
                ConsumerResumed,
                ReplayEnded {}
