package io.github.resiliencestarter.messaging.jdbc;

import static io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore.RELEASED;
import static io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore.TABLE;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who has which letters, until when. */
final class LetterClaims {

    static final String FREE = "status = 'OPEN' and (leased_until is null or leased_until <= :now)";

    private final Database database;
    private final LetterRows rows;

    LetterClaims(Database database, LetterRows rows) {
        this.database = database;
        this.rows = rows;
    }

    List<ParkedLetter> claim(LetterFilter filter, String owner, Duration lease, int limit) {
        LetterConditions conditions = LetterConditions.of(filter, database);
        return claim(conditions.text(), conditions.parameters(), owner, lease, limit);
    }

    Optional<ParkedLetter> claim(String id, String owner, Duration lease) {
        return claim("id = :id", Map.of("id", id), owner, lease, 1).stream().findFirst();
    }

    /** Rows that another instance has locked are passed over, so that instances do not wait for each other. */
    private List<ParkedLetter> claim(
            String condition, Map<String, @Nullable Object> parameters, String owner, Duration lease, int limit) {
        return database.inTransaction(() -> {
            Instant now = database.now();
            List<String> ids = database.sql("select id from " + TABLE + " where " + condition + " and " + FREE
                            + " order by arrival limit :limit for update skip locked")
                    .params(parameters)
                    .param("now", database.time(now))
                    .param("limit", limit)
                    .query(String.class)
                    .list();
            if (ids.isEmpty()) {
                return List.of();
            }
            database.sql("update " + TABLE
                            + " set owner = :owner, token = token + 1, leased_until = :until where id in (:ids)")
                    .param("owner", owner)
                    .param("until", database.time(now.plus(lease)))
                    .param("ids", ids)
                    .update();
            return database.sql("select * from " + TABLE + " where id in (:ids) order by arrival")
                    .param("ids", ids)
                    .query(rows::read)
                    .list();
        });
    }

    boolean finish(String id, long token, LetterStatus status, @Nullable String note) {
        return database.inTransaction(() -> finished(id, token, status, note) || isReleased(id, token));
    }

    boolean replayed(String id, long token, String replayId) {
        return database.inTransaction(() -> {
            finished(id, token, LetterStatus.REPLAYED, null);
            return database.sql("update " + TABLE + " set replay_id = :replay_id where id = :id and token = :token")
                            .param("replay_id", replayId)
                            .param("id", id)
                            .param("token", token)
                            .update()
                    == 1;
        });
    }

    private boolean finished(String id, long token, LetterStatus status, @Nullable String note) {
        return database.update(
                "update " + TABLE + " set status = :status, note = :note, " + RELEASED
                        + " where id = :id and token = :token and leased_until is not null",
                Database.parameters("id", id, "token", token, "status", status.name(), "note", note));
    }

    /** By what has happened to the letter itself: that stands, and nobody else has it. */
    private boolean isReleased(String id, long token) {
        return database.sql("select count(*) from " + TABLE + " where id = :id and token = :token")
                        .param("id", id)
                        .param("token", token)
                        .query(Long.class)
                        .single()
                == 1;
    }
}
