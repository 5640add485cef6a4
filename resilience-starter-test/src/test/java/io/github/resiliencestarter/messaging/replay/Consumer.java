package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A broker and the listener behind it: what is replayed is processed at once, fails again, or is never heard of. */
final class Consumer implements DeadLetterTransport {

    enum Outcome {
        PROCESSED,
        FAILED_AGAIN,
        SILENT,
        NOT_SENT,
        CRASH
    }

    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    record Sent(String id, Instant at, int replayCount, String replayId) {}

    final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final DeadLetterStore store;
    private final Clock clock;
    private Function<Integer, Outcome> outcomes = number -> Outcome.PROCESSED;
    private Runnable whenSent = () -> {};
    private String refused = "";

    Consumer(DeadLetterStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** By the number of the message, counted from 1. */
    void answers(Function<Integer, Outcome> outcomes) {
        this.outcomes = outcomes;
    }

    /** As one that is too large for the broker. */
    void refuses(String id) {
        this.refused = id;
    }

    void whenSent(Runnable action) {
        this.whenSent = action;
    }

    List<String> ids() {
        return sent.stream().map(Sent::id).toList();
    }

    @Override
    public boolean serves(Source source) {
        return !source.name().equals("elsewhere");
    }

    @Override
    public CompletionStage<Void> deadLetter(DeadLetter letter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
        Outcome outcome = outcomes.apply(sent.size() + 1);
        if (outcome == Outcome.NOT_SENT || letter.id().equals(refused)) {
            return CompletableFuture.failedFuture(new IOException("broker down"));
        }
        sent.add(new Sent(letter.id(), clock.instant(), letter.replayCount() + 1, replay.id()));
        whenSent.run();
        switch (outcome) {
            case PROCESSED -> store.resolve(letter.id(), letter.replayCount() + 1, replay.id());
            case FAILED_AGAIN -> store.park(failedAgain(letter, replay));
            case CRASH -> throw new Crash();
            default -> {}
        }
        return CompletableFuture.completedFuture(null);
    }

    private DeadLetter failedAgain(DeadLetter letter, Replay replay) {
        return new DeadLetter(
                letter.id(),
                letter.source(),
                letter.key(),
                letter.payload(),
                letter.headers(),
                Failure.of(new IllegalStateException("still no stock")),
                letter.attempts() + 4,
                letter.firstFailedAt(),
                clock.instant(),
                letter.replayCount() + 1,
                replay.id());
    }
}
