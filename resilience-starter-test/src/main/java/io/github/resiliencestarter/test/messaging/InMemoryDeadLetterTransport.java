package io.github.resiliencestarter.test.messaging;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A broker in memory: it confirms at once, or not at all while it is cut off. For fast tests. Thread-safe. */
public final class InMemoryDeadLetterTransport implements DeadLetterTransport {

    private final Map<String, List<TransportedMessage>> deadLetters = new HashMap<>();
    private final Map<String, List<TransportedMessage>> replays = new HashMap<>();
    private boolean cut;

    /** All sources are served. */
    @Override
    public boolean serves(Source source) {
        return true;
    }

    @Override
    public CompletionStage<Void> deadLetter(DeadLetter letter) {
        return send(deadLetters, letter, DeadLetterHeaders.onLetter(letter));
    }

    @Override
    public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
        return send(replays, letter, DeadLetterHeaders.onReplay(letter, replay));
    }

    /** From now on nothing is confirmed: what is sent fails. */
    public synchronized void cut() {
        cut = true;
    }

    public synchronized void heal() {
        cut = false;
    }

    /** The dead letters of a topic or queue, in the order in which they were sent. */
    public synchronized List<TransportedMessage> deadLetters(String source) {
        return List.copyOf(deadLetters.getOrDefault(source, List.of()));
    }

    /** What was sent back to a topic or queue. */
    public synchronized List<TransportedMessage> replays(String source) {
        return List.copyOf(replays.getOrDefault(source, List.of()));
    }

    private synchronized CompletionStage<Void> send(
            Map<String, List<TransportedMessage>> queues, DeadLetter letter, Headers headers) {
        if (cut) {
            return CompletableFuture.failedFuture(new IOException("The transport has been cut off by the test"));
        }
        queues.computeIfAbsent(letter.source().name(), name -> new ArrayList<>())
                .add(new TransportedMessage(letter.key(), letter.payload(), headers));
        return CompletableFuture.completedFuture(null);
    }
}
