package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterTransport;
import io.github.resiliencestarter.test.messaging.TransportedMessage;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

class InMemoryDeadLetterTransportTests extends DeadLetterTransportContract {

    private static final String MISSING = "missing";

    private final InMemoryDeadLetterTransport broker = new InMemoryDeadLetterTransport();

    /** The broker in memory has a queue for every source. */
    private final DeadLetterTransport transport = new DeadLetterTransport() {
        @Override
        public boolean serves(Source source) {
            return broker.serves(source);
        }

        @Override
        public CompletionStage<Void> deadLetter(DeadLetter letter) {
            return letter.source().name().equals(MISSING)
                    ? CompletableFuture.failedFuture(new IOException("no such queue"))
                    : broker.deadLetter(letter);
        }

        @Override
        public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
            return broker.replay(letter, replay);
        }
    };

    @Override
    protected DeadLetterTransport transport() {
        return transport;
    }

    @Override
    protected Source newSource() {
        return new Source.Topic("billing", "orders-" + UUID.randomUUID(), 1, 7);
    }

    @Override
    protected Source sourceWithoutQueue() {
        return new Source.Topic("billing", MISSING, 0, 0);
    }

    @Override
    protected List<TransportedMessage> deadLetters(Source source, int count) {
        return broker.deadLetters(source.name());
    }

    @Override
    protected List<TransportedMessage> messages(Source source, int count) {
        return broker.replays(source.name());
    }

    @Override
    protected void cut() {
        broker.cut();
    }

    @Override
    protected void heal() {
        broker.heal();
    }
}
