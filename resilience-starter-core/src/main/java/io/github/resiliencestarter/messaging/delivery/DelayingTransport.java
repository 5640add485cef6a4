package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Delay;
import java.util.concurrent.CompletionStage;

/** A transport that can also let a message wait at the broker, in a retry topic or a delay queue. Thread-safe. */
public interface DelayingTransport extends DeadLetterTransport {

    /**
     * Sends the letter to where it waits for its next attempt, with the headers of {@link
     * io.github.resiliencestarter.messaging.DeadLetterHeaders#onDelayed}. As {@link #deadLetter}, it does not wait itself.
     *
     * @param place the name of the retry topic or the delay queue
     */
    CompletionStage<Void> delay(DeadLetter letter, Delay delay, String place);
}
