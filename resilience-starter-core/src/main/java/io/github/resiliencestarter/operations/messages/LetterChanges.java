package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator may do to one letter, besides replaying it. Each is a line of the log, and of the letter's own audit. */
final class LetterChanges {

    /** The names in the endpoint. */
    enum Action {
        REPLAY,
        DISCARD,
        REOPEN,
        EDIT
    }

    private static final Logger LOG = LoggerFactory.getLogger(LetterChanges.class);
    private static final String WHY = "say why, for those who look at it later";

    private final DeadLetterStore store;

    LetterChanges(DeadLetterStore store) {
        this.store = store;
    }

    void discard(String id, String by, @Nullable String reason) {
        String why = Parameters.required("reason", Parameters.reason(reason), WHY);
        check(store.discard(id, by, why), id, "be discarded", "an open or a replayed one can");
        log("discarded", id, by);
    }

    void reopen(String id, String by, @Nullable String reason) {
        String why = Parameters.reason(reason);
        check(store.reopen(id, by, why == null ? "" : why), id, "be opened again", "a discarded one can");
        log("opened again", id, by);
    }

    void edit(String id, byte[] payload, String by, @Nullable String reason) {
        String why = Parameters.required("reason", Parameters.reason(reason), WHY);
        check(store.edit(id, payload, by, why), id, "be edited", "an open one can that no replay is about to send");
        log("edited", id, by);
    }

    private void check(boolean done, String id, String what, String which) {
        if (!done) {
            LetterStatus status =
                    store.find(id).map(ParkedLetter::status).orElseThrow(() -> Refusal.unknown("letter", id));
            throw Refusal.conflict("Letter '" + id + "' is " + status + " and cannot " + what + ": " + which);
        }
    }

    private static void log(String what, String id, String by) {
        LOG.warn("Letter {} was {} by '{}'", id, what, by);
    }
}
