package io.github.resiliencestarter.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/**
 * Is told what becomes of messages. Called on the threads of listeners and of broker clients: an implementation does not block
 * and does not throw. Thread-safe. The primary bean of this type tells all the others, a host's own included.
 */
public interface MessageObserver {

    /** What nobody reads. */
    LongAdder NOT_COUNTED = new LongAdder();

    /** Nobody looks. */
    MessageObserver NONE = new MessageObserver() {};

    /** Tells all of them. One that throws all the same does not keep the others, or the message, from going on. */
    static MessageObserver all(Collection<? extends MessageObserver> observers) {
        return new MessageObservers(observers);
    }

    /**
     * Counts messages of this source that were processed. Asked for once, because it is a part of each success. Who does not count
     * them answers {@link #NOT_COUNTED}.
     */
    default LongAdder processed(String source) {
        return NOT_COUNTED;
    }

    /** The listener failed, and is called again for the same message. */
    default void retried(Source source, int attempt, Throwable failure) {}

    /** The message waits in a retry topic or queue. */
    default void delayed(DeadLetter letter, Duration delay) {}

    /** The broker, or the store, has confirmed the dead letter. */
    default void deadLettered(DeadLetter letter) {}

    /** Nobody takes the dead letter; its source is paused, and it is tried again. The alarm. */
    default void undeliverable(DeadLetter letter, Throwable why) {}

    default void parked(DeadLetter letter, DeadLetterStore.Parked how) {}

    /** The broker has confirmed the message that was sent back. */
    default void replayed(DeadLetter letter, Replay replay) {}

    /** A message was processed after a replay. */
    default void resolved(Source source, String letterId) {}

    /** A replayed message is for another consumer, or was processed already: it was passed over. */
    default void passedOver(Source source, String letterId) {}

    default void paused(Pause pause) {}

    /** @param pause equal to the one that began: a listener may have several, one for each partition */
    default void resumed(Pause pause) {}

    /** A replay has come to its end on this instance; its status says to which. */
    default void replayEnded(ReplayJob job) {}
}
