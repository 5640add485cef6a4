package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.ReplayStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Replays in the table {@code resilience_replay} of H2, PostgreSQL, MariaDB or MySQL, by the rules of {@link
 * JdbcDeadLetterStore}: each operation is a transaction of its own, and leases go by the clock of the database. Thread-safe.
 */
public final class JdbcReplayStore implements ReplayStore {

    private static final String TABLE = "resilience_replay";

    private final Database database;
    private final ReplayRows rows;

    /** @throws io.github.resiliencestarter.ResilienceConfigurationException if it is another database */
    public JdbcReplayStore(DataSource source) {
        this.database = new Database(source);
        this.rows = new ReplayRows(database);
    }

    @Override
    public boolean create(String id, ReplayRequest request) {
        Map<String, @Nullable Object> columns = rows.columns(request);
        String names = String.join(", ", columns.keySet());
        String values = columns.keySet().stream().map(column -> ":" + column).collect(Collectors.joining(", "));
        columns.put("id", id);
        try {
            return database.inTransaction(() -> database.update(
                    "insert into " + TABLE + " (id, " + names + ", status, token, sent, created_at) values (:id, "
                            + values + ", 'RUNNING', 0, 0, :now)",
                    columns));
        } catch (DuplicateKeyException somebodyElseWasFirst) {
            return false;
        }
    }

    @Override
    public Optional<ReplayJob> find(String id) {
        return database.read(() -> row(id));
    }

    private Optional<ReplayJob> row(String id) {
        return database.sql("select * from " + TABLE + " where id = :id")
                .param("id", id)
                .query(rows::read)
                .optional();
    }

    @Override
    public List<ReplayJob> recent(int limit) {
        return database.read(() -> database.sql("select * from " + TABLE + " order by arrival desc limit :limit")
                .param("limit", limit)
                .query(rows::read)
                .list());
    }

    @Override
    public List<ReplayJob> running() {
        return database.read(
                () -> database.sql("select * from " + TABLE + " where status = 'RUNNING' order by arrival desc")
                        .query(rows::read)
                        .list());
    }

    @Override
    public Optional<ReplayJob> claim(String owner, Duration lease) {
        return database.inTransaction(() -> {
            Instant now = database.now();
            Optional<String> id = database.sql("select id from " + TABLE
                            + " where status = 'RUNNING' and (leased_until is null or leased_until <= :now)"
                            + " order by arrival limit 1 for update skip locked")
                    .param("now", database.time(now))
                    .query(String.class)
                    .optional();
            return id.flatMap(each -> {
                database.sql("update " + TABLE
                                + " set owner = :owner, token = token + 1, leased_until = :until where id = :id")
                        .param("owner", owner)
                        .param("until", database.time(now.plus(lease)))
                        .param("id", each)
                        .update();
                return row(each);
            });
        });
    }

    @Override
    public Optional<ReplayJob> progress(String id, long token, long sent, Duration lease) {
        return database.inTransaction(() -> {
            Object until = database.time(database.now().plus(lease));
            int mine = database.sql("update " + TABLE + " set sent = sent + :sent, leased_until = :until where id = :id"
                            + " and token = :token")
                    .param("sent", sent)
                    .param("until", until)
                    .param("id", id)
                    .param("token", token)
                    .update();
            return mine == 1 ? row(id) : Optional.empty();
        });
    }

    /** The token grows: who has given it back has it no more. */
    @Override
    public void release(String id, long token) {
        database.inTransaction(() -> database.sql("update " + TABLE
                        + " set owner = null, leased_until = null, token = token + 1 where id = :id and token = :token")
                .param("id", id)
                .param("token", token)
                .update());
    }

    @Override
    public boolean end(String id, long token, ReplayStatus status, @Nullable String note) {
        return database.inTransaction(() -> {
            boolean ended = database.update(
                    "update " + TABLE + " set status = :status, note = :note, ended_at = :now, owner = null,"
                            + " leased_until = null where id = :id and token = :token and status = 'RUNNING'",
                    Database.parameters("id", id, "token", token, "status", status.name(), "note", note));
            return ended || row(id).filter(job -> job.token() == token).isPresent();
        });
    }

    @Override
    public boolean cancel(String id, String by) {
        return database.inTransaction(() -> database.update(
                "update " + TABLE + " set status = 'CANCELLED', note = :note, ended_at = :now"
                        + " where id = :id and status = 'RUNNING'",
                Database.parameters("id", id, "note", "cancelled by " + by)));
    }

    @Override
    public long forget(Duration olderThan) {
        return Expired.delete(database, TABLE, "status <> 'RUNNING' and ended_at <= :limit", olderThan);
    }
}
