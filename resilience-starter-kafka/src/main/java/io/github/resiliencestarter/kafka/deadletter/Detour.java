package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import java.util.concurrent.CompletionStage;

/**
 * The retry topic in which a letter waits for its next attempt, before it is a dead letter. Immutable.
 *
 * @param topic the name of the retry topic
 */
public record Detour(Delay delay, String topic, KafkaDeadLetterTransport transport) {

    CompletionStage<Void> send(DeadLetter letter) {
        return transport.delay(letter, delay, topic);
    }
}
