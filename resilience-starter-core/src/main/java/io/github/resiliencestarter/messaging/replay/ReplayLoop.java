package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the loop of a replay: who it is for, whether it was processed already, and that it now is. A store that is down stops no
 * message: it is processed once more than necessary at worst. Thread-safe.
 */
public final class ReplayLoop {

    private static final Logger log = LoggerFactory.getLogger(ReplayLoop.class);

    private final Supplier<@Nullable DeadLetterStore> stores;
    private final MessageObserver observer;

    public ReplayLoop(Supplier<@Nullable DeadLetterStore> stores, MessageObserver observer) {
        this.stores = stores;
        this.observer = observer;
    }

    /**
     * It is for another consumer, or was processed already because it was sent twice. Tells the observers.
     *
     * @param source where it has come to
     * @param unknown what it is called to them where it does not carry the id of its letter
     */
    public boolean isNotFor(Source source, ReplayedMessage message, Supplier<String> unknown) {
        boolean forAnother = message.group() != null && !message.group().equals(source.group());
        if (forAnother || message.letterId() != null && isResolved(message.letterId(), message.replayCount())) {
            observer.passedOver(source, message.letterId() == null ? unknown.get() : message.letterId());
            return true;
        }
        return false;
    }

    /** The listener has processed it. */
    public void processed(Source source, ReplayedMessage message) {
        String id = message.letterId();
        if (id == null) {
            return;
        }
        try {
            DeadLetterStore store = stores.get();
            if (store != null) {
                store.resolve(id, message.replayCount(), message.replayId());
            }
        } catch (RuntimeException failure) {
            log.warn(
                    "Letter {} was replayed and processed, but the store could not be told. It stays as it is",
                    id,
                    failure);
        }
        observer.resolved(source, id);
    }

    private boolean isResolved(String id, int replayCount) {
        try {
            DeadLetterStore store = stores.get();
            ParkedLetter parked = store == null ? null : store.find(id).orElse(null);
            return parked != null
                    && parked.status() == LetterStatus.RESOLVED
                    && parked.letter().replayCount() + 1 >= replayCount;
        } catch (RuntimeException failure) {
            log.warn(
                    "The store could not say whether the replayed letter {} was processed before. It is processed now",
                    id,
                    failure);
            return false;
        }
    }
}
