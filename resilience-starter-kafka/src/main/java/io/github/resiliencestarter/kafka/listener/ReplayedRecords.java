package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the loop of a replay: who it is for, whether it was processed already, and that it now is. A store that is down stops no
 * message: it is processed once more than necessary at worst. Thread-safe.
 */
final class ReplayedRecords {

    private static final Logger log = LoggerFactory.getLogger(ReplayedRecords.class);

    private final Supplier<@Nullable DeadLetterStore> stores;
    private final MessageObserver observer;

    ReplayedRecords(Supplier<@Nullable DeadLetterStore> stores, MessageObserver observer) {
        this.stores = stores;
        this.observer = observer;
    }

    /** Looks at no more than the list of headers, which most records do not have. */
    boolean isReplay(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(DeadLetterHeaders.REPLAY_ID) != null;
    }

    /** It is for another group, or was processed already because it was sent twice. Tells the observers. */
    boolean isNotForUs(ConsumerRecord<?, ?> record, Source.Topic source) {
        if (!isReplay(record)) {
            return false;
        }
        String id = text(record, DeadLetterHeaders.ID);
        String group = text(record, DeadLetterHeaders.GROUP);
        boolean forAnother = group != null && !group.equals(source.group());
        if (forAnother || id != null && isResolved(id, replayCount(record))) {
            observer.passedOver(source, id == null ? source.letterId() : id);
            return true;
        }
        return false;
    }

    /** The listener has processed it. */
    void processed(ConsumerRecord<?, ?> record, Source.Topic source) {
        String id = isReplay(record) ? text(record, DeadLetterHeaders.ID) : null;
        if (id == null) {
            return;
        }
        try {
            DeadLetterStore store = stores.get();
            if (store != null) {
                store.resolve(id, replayCount(record), text(record, DeadLetterHeaders.REPLAY_ID));
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

    private static int replayCount(ConsumerRecord<?, ?> record) {
        String count = text(record, DeadLetterHeaders.REPLAY_COUNT);
        try {
            return count == null ? 0 : Integer.parseInt(count);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
