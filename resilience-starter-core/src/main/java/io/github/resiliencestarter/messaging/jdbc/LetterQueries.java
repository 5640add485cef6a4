package io.github.resiliencestarter.messaging.jdbc;

import static io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore.TABLE;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people and gauges ask. */
final class LetterQueries {

    private final Database database;
    private final LetterRows rows;

    LetterQueries(Database database, LetterRows rows) {
        this.database = database;
        this.rows = rows;
    }

    Optional<ParkedLetter> find(String id) {
        return database.read(() -> database.sql("select * from " + TABLE + " where id = :id")
                .param("id", id)
                .query(rows::read)
                .optional());
    }

    List<ParkedLetter> find(LetterFilter filter, @Nullable String after, int limit) {
        String rest = after == null ? "" : " and arrival > (select arrival from " + TABLE + " where id = :after)";
        JdbcClient.StatementSpec page =
                select("*", filter, rest + " order by arrival limit :limit").param("limit", limit);
        return database.read(() -> (after == null ? page : page.param("after", after))
                .query(rows::read)
                .list());
    }

    long count(LetterFilter filter) {
        return database.read(
                () -> select("count(*)", filter, "").query(Long.class).single());
    }

    /** The first to come, by the index in which open letters stand in the order of their arrival. */
    Optional<Instant> oldestOpen(LetterFilter filter) {
        LetterFilter open = filter.withStatus(LetterStatus.OPEN);
        return database.read(() -> select("parked_at", open, " order by arrival limit 1")
                .query((row, number) -> database.instant(row, "parked_at"))
                .optional());
    }

    /** What is counted stands in an index; only one letter of each group is read itself, the one that came last. */
    List<LetterGroup> groups(LetterFilter filter) {
        LetterConditions conditions = LetterConditions.of(filter, database);
        return database.read(() -> database.sql(
                        "select found.*, last.exception from (select source, fingerprint, count(*) as letters,"
                                + " min(first_failed_at) as first_failed_at, max(last_failed_at) as last_failed_at,"
                                + " max(arrival) as last_arrival from " + TABLE + " where " + conditions.text()
                                + " group by source, fingerprint) found join " + TABLE
                                + " last on last.arrival = found.last_arrival order by letters desc, found.source,"
                                + " found.fingerprint")
                .params(conditions.parameters())
                .query((row, number) -> new LetterGroup(
                        row.getString("source"),
                        row.getString("fingerprint"),
                        row.getString("exception"),
                        row.getLong("letters"),
                        database.instant(row, "first_failed_at"),
                        database.instant(row, "last_failed_at")))
                .list());
    }

    private JdbcClient.StatementSpec select(String what, LetterFilter filter, String rest) {
        LetterConditions conditions = LetterConditions.of(filter, database);
        return database.sql("select " + what + " from " + TABLE + " where " + conditions.text() + rest)
                .params(conditions.parameters());
    }
}
