package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import java.util.concurrent.CompletionStage;

/**
 * Where a letter waits for its next attempt, before it is a dead letter. Immutable.
 *
 * @param place the name of the retry topic or the delay queue
 */
public record Detour(Delay delay, String place, DelayingTransport transport) {

    CompletionStage<Void> send(DeadLetter letter) {
        return transport.delay(letter, delay, place);
    }
}
