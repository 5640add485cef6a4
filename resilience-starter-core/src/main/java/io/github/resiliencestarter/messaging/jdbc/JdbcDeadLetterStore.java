package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Letters in the table {@code resilience_dead_letter} of H2 or PostgreSQL. Each operation is a transaction of its own, whatever
 * transaction the caller has: when it returns, it has happened. Leases go by the clock of the database, of which all instances of
 * a service have the same. Times are kept to the microsecond. Thread-safe.
 *
 * <p>What the database cannot do throws a {@link org.springframework.dao.DataAccessException}.
 */
public final class JdbcDeadLetterStore implements DeadLetterStore {

    private static final String TABLE = "resilience_dead_letter";
    private static final String RELEASED = "owner = null, leased_until = null, changed_at = :now";
    private static final String FREE = "status = 'OPEN' and (leased_until is null or leased_until <= :now)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /**
     * @param transactions of the same data source
     */
    public JdbcDeadLetterStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public Parked park(DeadLetter letter) {
        try {
            return inTransaction(() -> {
                Optional<Long> known = number("replay_count", letter.id());
                if (known.isEmpty()) {
                    insert(letter);
                    return Parked.NEW;
                }
                return known.get() < letter.replayCount() && reopen(letter) ? Parked.REOPENED : Parked.KNOWN;
            });
        } catch (DuplicateKeyException sameMoment) {
            return Parked.KNOWN;
        }
    }

    private boolean reopen(DeadLetter letter) {
        Map<String, @Nullable Object> columns = LetterRows.columns(letter);
        String assignments = columns.keySet().stream()
                .filter(column -> !column.equals("id"))
                .map(column -> column + " = :" + column)
                .collect(Collectors.joining(", "));
        return update(
                "update " + TABLE + " set " + assignments + ", status = 'OPEN', note = null, " + RELEASED
                        + " where id = :id and replay_count < :replay_count",
                columns);
    }

    private void insert(DeadLetter letter) {
        Map<String, @Nullable Object> columns = LetterRows.columns(letter);
        String names = String.join(", ", columns.keySet());
        String values = columns.keySet().stream().map(column -> ":" + column).collect(Collectors.joining(", "));
        update(
                "insert into " + TABLE + " (" + names + ", status, token, parked_at, changed_at) values (" + values
                        + ", 'OPEN', 0, :now, :now)",
                columns);
    }

    /** One number of a letter, without the letter itself, which may be large. */
    private Optional<Long> number(String column, String id) {
        return jdbc.sql("select " + column + " from " + TABLE + " where id = :id")
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    @Override
    public Optional<ParkedLetter> find(String id) {
        return jdbc.sql("select * from " + TABLE + " where id = :id")
                .param("id", id)
                .query(LetterRows::read)
                .optional();
    }

    @Override
    public List<ParkedLetter> find(LetterFilter filter, @Nullable String after, int limit) {
        LetterConditions conditions = LetterConditions.of(filter);
        String rest = after == null ? "" : " and arrival > (select arrival from " + TABLE + " where id = :after)";
        JdbcClient.StatementSpec statement = jdbc.sql("select * from " + TABLE + " where " + conditions.text() + rest
                        + " order by arrival limit :limit")
                .params(conditions.parameters())
                .param("limit", limit);
        return (after == null ? statement : statement.param("after", after))
                .query(LetterRows::read)
                .list();
    }

    @Override
    public long count(LetterFilter filter) {
        LetterConditions conditions = LetterConditions.of(filter);
        return jdbc.sql("select count(*) from " + TABLE + " where " + conditions.text())
                .params(conditions.parameters())
                .query(Long.class)
                .single();
    }

    @Override
    public List<LetterGroup> groups(LetterFilter filter) {
        LetterConditions conditions = LetterConditions.of(filter);
        return jdbc.sql("select source, fingerprint, max(exception) as exception, count(*) as letters,"
                        + " min(first_failed_at) as first_failed_at, max(last_failed_at) as last_failed_at from "
                        + TABLE
                        + " where " + conditions.text()
                        + " group by source, fingerprint order by letters desc, source, fingerprint")
                .params(conditions.parameters())
                .query((row, number) -> new LetterGroup(
                        row.getString("source"),
                        row.getString("fingerprint"),
                        row.getString("exception"),
                        row.getLong("letters"),
                        LetterRows.instant(row, "first_failed_at"),
                        LetterRows.instant(row, "last_failed_at")))
                .list();
    }

    @Override
    public List<ParkedLetter> claim(LetterFilter filter, String owner, Duration lease, int limit) {
        LetterConditions conditions = LetterConditions.of(filter);
        return claim(conditions.text(), conditions.parameters(), owner, lease, limit);
    }

    @Override
    public Optional<ParkedLetter> claim(String id, String owner, Duration lease) {
        return claim("id = :id", Map.of("id", id), owner, lease, 1).stream().findFirst();
    }

    /** Rows that another instance has locked are passed over, so that instances do not wait for each other. */
    private List<ParkedLetter> claim(
            String condition, Map<String, @Nullable Object> parameters, String owner, Duration lease, int limit) {
        return inTransaction(() -> {
            Instant now = now();
            List<String> ids = jdbc.sql("select id from " + TABLE + " where " + condition + " and " + FREE
                            + " order by arrival limit :limit for update skip locked")
                    .params(parameters)
                    .param("now", LetterRows.time(now))
                    .param("limit", limit)
                    .query(String.class)
                    .list();
            if (ids.isEmpty()) {
                return List.of();
            }
            jdbc.sql("update " + TABLE
                            + " set owner = :owner, token = token + 1, leased_until = :until where id in (:ids)")
                    .param("owner", owner)
                    .param("until", LetterRows.time(now.plus(lease)))
                    .param("ids", ids)
                    .update();
            return jdbc.sql("select * from " + TABLE + " where id in (:ids) order by arrival")
                    .param("ids", ids)
                    .query(LetterRows::read)
                    .list();
        });
    }

    @Override
    public boolean finish(String id, long token, LetterStatus status, @Nullable String note) {
        return inTransaction(() -> {
            boolean finished = jdbc.sql("update " + TABLE + " set status = :status, note = :note, " + RELEASED
                                    + " where id = :id and token = :token and leased_until is not null")
                            .param("status", status.name())
                            .param("note", note)
                            .param("now", LetterRows.time(now()))
                            .param("id", id)
                            .param("token", token)
                            .update()
                    == 1;
            // Released by what has happened to the letter itself: that stands, and nobody else has it.
            return finished
                    || number("token", id).filter(known -> known == token).isPresent();
        });
    }

    @Override
    public boolean resolve(String id, int replayCount) {
        return inTransaction(() -> update(
                "update " + TABLE + " set status = 'RESOLVED', " + RELEASED
                        + " where id = :id and replay_count < :replay_count",
                Map.of("id", id, "replay_count", replayCount)));
    }

    @Override
    public long forget(Duration olderThan) {
        return inTransaction(() -> (long)
                jdbc.sql("delete from " + TABLE + " where status in ('RESOLVED', 'DISCARDED') and changed_at <= :limit")
                        .param("limit", LetterRows.time(now().minus(olderThan)))
                        .update());
    }

    private boolean update(String sql, Map<String, @Nullable Object> parameters) {
        return jdbc.sql(sql)
                        .params(parameters)
                        .param("now", LetterRows.time(now()))
                        .update()
                == 1;
    }

    private Instant now() {
        return jdbc.sql("select current_timestamp")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class))
                .single()
                .toInstant();
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
