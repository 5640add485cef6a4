package io.github.resiliencestarter.messaging;

import java.util.concurrent.CompletionStage;

/**
 * The seam behind which a broker is: everything that dead letters need of it. An implementation is thread-safe, and passes
 * the contract test that the test kit has for it.
 *
 * <p>A stage that completes normally means that the broker has confirmed the message. Whatever else happens, a message that
 * nobody took included, completes it exceptionally: nothing is ever lost without a word.
 */
public interface DeadLetterTransport {

    /** Whether messages of this source are the business of this transport. */
    boolean serves(Source source);

    /**
     * Sends the letter to the dead letter queue of its source: key, payload and headers as they were, and the headers of
     * {@link DeadLetterHeaders#onLetter}. Does not wait; letters may be sent one after the other without waiting for the first.
     */
    CompletionStage<Void> deadLetter(DeadLetter letter);

    /**
     * Sends the message back to where it failed, for the one consumer that failed: key and payload as they were, and the headers
     * of {@link DeadLetterHeaders#onReplay}.
     */
    CompletionStage<Void> replay(DeadLetter letter, Replay replay);
}
