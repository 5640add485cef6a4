package io.github.resiliencestarter.messaging.jdbc;

import static io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore.RELEASED;
import static io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore.TABLE;

import io.github.resiliencestarter.messaging.LetterAction;
import io.github.resiliencestarter.messaging.LetterAction.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people do to letters, and the audit of it, in the same transaction. */
final class LetterActions {

    private static final String AUDIT = "resilience_dead_letter_action";

    private final Database database;

    LetterActions(Database database) {
        this.database = database;
    }

    /** The token grows, so that somebody whose lease is over does not finish a letter that is another one by now. */
    boolean edit(String id, byte @Nullable [] payload, String by, String reason) {
        return database.inTransaction(() -> {
            List<byte @Nullable []> before = database.sql(
                            "select payload from " + TABLE + " where id = :id and " + LetterClaims.FREE + " for update")
                    .param("id", id)
                    .param("now", database.time(database.now()))
                    .query((row, number) -> row.getBytes("payload"))
                    .list();
            if (before.isEmpty()) {
                return false;
            }
            database.update(
                    "update " + TABLE + " set payload = :payload, token = token + 1, " + RELEASED + " where id = :id",
                    Database.parameters("id", id, "payload", payload));
            boolean first = actions(id).stream().noneMatch(action -> action.kind() == Kind.EDITED);
            audit(id, Kind.EDITED, by, reason, first ? before.get(0) : null);
            return true;
        });
    }

    boolean discard(String id, String by, String reason) {
        return change(id, Kind.DISCARDED, "'OPEN', 'REPLAYED'", "DISCARDED", by, reason);
    }

    boolean reopen(String id, String by, String reason) {
        return change(id, Kind.REOPENED, "'DISCARDED'", "OPEN", by, reason);
    }

    private boolean change(String id, Kind kind, String from, String to, String by, String reason) {
        return database.inTransaction(() -> {
            boolean changed = database.update(
                    "update " + TABLE + " set status = :status, note = :note, " + RELEASED
                            + " where id = :id and status in (" + from + ")",
                    Database.parameters("id", id, "status", to, "note", reason));
            if (changed) {
                audit(id, kind, by, reason, null);
            }
            return changed;
        });
    }

    private void audit(String id, Kind kind, String by, String reason, byte @Nullable [] original) {
        Map<String, @Nullable Object> action = Database.parameters(
                "id", id, "kind", kind.name(), "done_by", by, "reason", reason, "original", original);
        database.update(
                "insert into " + AUDIT + " (letter_id, done_at, kind, done_by, reason, original_payload)"
                        + " values (:id, :now, :kind, :done_by, :reason, :original)",
                action);
    }

    List<LetterAction> of(String id) {
        return database.read(() -> actions(id));
    }

    private List<LetterAction> actions(String id) {
        return database.sql("select letter_id, done_at, kind, done_by, reason from " + AUDIT
                        + " where letter_id = :id order by arrival")
                .param("id", id)
                .query((row, number) -> new LetterAction(
                        row.getString("letter_id"),
                        database.instant(row, "done_at"),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("done_by"),
                        row.getString("reason")))
                .list();
    }
}
