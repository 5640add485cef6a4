package io.github.resiliencestarter.messaging.jdbc;

import static io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore.RELEASED;
import static io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore.TABLE;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.LetterStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** How letters come, and how they go: what consumers tell, and what retention takes. */
final class LetterIntake {

    private final Database database;
    private final LetterRows rows;

    LetterIntake(Database database, LetterRows rows) {
        this.database = database;
        this.rows = rows;
    }

    Parked park(DeadLetter letter) {
        return twiceIfAtTheSameMoment(() -> put(letter, LetterStatus.OPEN, null));
    }

    void settle(DeadLetter letter, String note) {
        twiceIfAtTheSameMoment(() -> {
            Parked parked = put(letter, LetterStatus.RESOLVED, note);
            if (parked == Parked.KNOWN) {
                database.update(
                        "update " + TABLE + " set status = 'RESOLVED', note = :note, " + RELEASED + " where id = :id",
                        Database.parameters("id", letter.id(), "note", note));
            }
            return parked;
        });
    }

    /** Of those that insert the same letter at once all but one fail; by then the row is there. */
    private Parked twiceIfAtTheSameMoment(Supplier<Parked> work) {
        try {
            return database.inTransaction(work);
        } catch (DuplicateKeyException sameMoment) {
            return database.inTransaction(work);
        }
    }

    private Parked put(DeadLetter letter, LetterStatus status, @Nullable String note) {
        Map<String, @Nullable Object> columns = rows.columns(letter);
        columns.put("status", status.name());
        columns.put("note", note);
        // One number, and not the letter itself, which may be large.
        Optional<Integer> known = database.sql("select replay_count from " + TABLE + " where id = :id")
                .param("id", letter.id())
                .query(Integer.class)
                .optional();
        if (known.isEmpty()) {
            insert(columns);
            return Parked.NEW;
        }
        return known.get() < letter.replayCount() && replace(columns) ? Parked.REOPENED : Parked.KNOWN;
    }

    private void insert(Map<String, @Nullable Object> columns) {
        String names = String.join(", ", columns.keySet());
        String values = columns.keySet().stream().map(column -> ":" + column).collect(Collectors.joining(", "));
        database.update(
                "insert into " + TABLE + " (" + names + ", token, parked_at, changed_at) values (" + values
                        + ", 0, :now, :now)",
                columns);
    }

    private boolean replace(Map<String, @Nullable Object> columns) {
        String assignments = columns.keySet().stream()
                .filter(column -> !column.equals("id"))
                .map(column -> column + " = :" + column)
                .collect(Collectors.joining(", "));
        return database.update(
                "update " + TABLE + " set " + assignments + ", " + RELEASED
                        + " where id = :id and replay_count < :replay_count",
                columns);
    }

    boolean resolve(String id, int replayCount, @Nullable String replayId) {
        return database.inTransaction(() -> database.update(
                "update " + TABLE + " set status = 'RESOLVED', replay_id = coalesce(:replay_id, replay_id), " + RELEASED
                        + " where id = :id and replay_count < :replay_count",
                Database.parameters("id", id, "replay_count", replayCount, "replay_id", replayId)));
    }

    long forget(Duration olderThan) {
        return forget(LetterStatus.RESOLVED, olderThan) + forget(LetterStatus.DISCARDED, olderThan);
    }

    /** One status at a time: so they are found in the order of the index. */
    private long forget(LetterStatus status, Duration olderThan) {
        return Expired.delete(database, TABLE, "status = '" + status + "' and changed_at <= :limit", olderThan);
    }
}
