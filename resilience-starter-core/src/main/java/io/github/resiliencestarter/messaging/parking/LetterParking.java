package io.github.resiliencestarter.messaging.parking;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.util.Optional;

/**
 * Parks a letter, and gives it a second chance before. Whatever the handler does, the letter is in the store when this returns:
 * what is settled is kept too, so that it can be seen. Thread-safe.
 */
public final class LetterParking {

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
        Parked how = handler == null ? store.park(letter) : park(letter, handler);
        observer.parked(letter, how);
        return how;
    }

    /** A letter that comes a second time has had its chance. What is settled is open at no moment: a replay would send it. */
    private Parked park(DeadLetter letter, LetterHandler handler) {
        Optional<ParkedLetter> known = store.find(letter.id());
        boolean isNews = known.map(parked -> parked.letter().replayCount() < letter.replayCount())
                .orElse(true);
        if (!isNews || !handler.settles(letter)) {
            return store.park(letter);
        }
        store.settle(letter, "Settled by " + handler.name());
        return known.isEmpty() ? Parked.NEW : Parked.REOPENED;
    }
}
