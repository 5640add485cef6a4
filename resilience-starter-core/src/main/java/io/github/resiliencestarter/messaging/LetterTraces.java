package io.github.resiliencestarter.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Ties dead letters to the traces of a host that traces. Called on the threads of listeners, of replays and of broker clients: an
 * implementation does not block and does not throw. Thread-safe.
 */
public interface LetterTraces {

    /** Nobody traces. */
    LetterTraces NONE = new LetterTraces() {
        @Override
        public Headers failed(Headers headers) {
            return headers;
        }

        @Override
        public Sending replay(DeadLetter letter, Replay replay) {
            return new Untraced(letter);
        }
    };

    /**
     * The headers of a letter that is being made, with {@link DeadLetterHeaders#TRACE} of the attempt that failed if it is traced on
     * this thread.
     */
    Headers failed(Headers headers);

    /** A letter is about to go back to where it failed. */
    Sending replay(DeadLetter letter, Replay replay);

    /** A letter on its way back. */
    interface Sending {

        /** What to send: the letter, with the context of the replay in the place of that in which it failed. */
        DeadLetter letter();

        /**
         * The broker has answered. Called once.
         *
         * @param failure null if it has confirmed the message
         */
        void ended(@Nullable Throwable failure);
    }

    /** A letter that is sent as it is. */
    record Untraced(DeadLetter letter) implements Sending {

        @Override
        public void ended(@Nullable Throwable failure) {}
    }
}
