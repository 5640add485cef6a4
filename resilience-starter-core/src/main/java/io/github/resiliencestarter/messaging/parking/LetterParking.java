package io.github.resiliencestarter.messaging.parking;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.MessageObserver;
import java.time.Duration;

/**
 * Parks a letter, and gives it a second chance before. Whatever the handler does, the letter is in the store when this returns:
 * what is settled is kept too, so that it can be seen. Thread-safe.
 */
public final class LetterParking {

    /** Only for as long as it takes to write down what the handler has said. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final DeadLetterStore store;
    private final LetterHandlers handlers;
    private final MessageObserver observer;

    public LetterParking(DeadLetterStore store, LetterHandlers handlers, MessageObserver observer) {
        this.store = store;
        this.handlers = handlers;
        this.observer = observer;
    }

    /** Throws what the store throws: then the letter is not parked, and must stay where it is. */
    public Parked park(DeadLetter letter) {
        LetterHandler handler = handlers.of(letter.source().name());
        String settledBy = handler != null && isNews(letter) && handler.settles(letter) ? handler.name() : null;
        Parked how = store.park(letter);
        if (settledBy != null && how != Parked.KNOWN) {
            // If this fails, or the process dies here, the letter is open: somebody looks at it once more than needed.
            store.claim(letter.id(), "second-chance", LEASE)
                    .ifPresent(claimed -> store.finish(
                            letter.id(), claimed.token(), LetterStatus.RESOLVED, "Settled by " + settledBy));
        }
        observer.parked(letter, how);
        return how;
    }

    /** A letter that comes a second time has had its chance. */
    private boolean isNews(DeadLetter letter) {
        return store.find(letter.id())
                .map(parked -> parked.letter().replayCount() < letter.replayCount())
                .orElse(true);
    }
}
