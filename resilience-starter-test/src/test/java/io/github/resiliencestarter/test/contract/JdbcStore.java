package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcReplayStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcSchema;
import io.github.resiliencestarter.test.server.MariaDbServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A store in a real database, whose leases and retention times a test sets back instead of waiting. */
public final class JdbcStore {

    private final DeadLetterStore store;
    private final ReplayStore replays;
    private final JdbcClient jdbc;

    JdbcStore(DataSource database) {
        new JdbcSchema(database).prepare(JdbcSchema.Initialize.ALWAYS);
        jdbc = JdbcClient.create(database);
        store = new JdbcDeadLetterStore(database);
        replays = new JdbcReplayStore(database);
    }

    /** In a PostgreSQL that a test may break. */
    public static JdbcStore in(PostgresServer server) {
        return new JdbcStore(database(server));
    }

    /** In a MariaDB that a test may break. */
    static JdbcStore in(MariaDbServer server) {
        return new JdbcStore(database(server, server.jdbcUrl()));
    }

    static PGSimpleDataSource database(PostgresServer server) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(server.jdbcUrl());
        database.setUser(server.username());
        database.setPassword(server.password());
        database.setSocketTimeout(10);
        return database;
    }

    /** In a session that is not in UTC. */
    static MariaDbDataSource database(MariaDbServer server, String url) {
        try {
            MariaDbDataSource database =
                    new MariaDbDataSource(url + "?socketTimeout=10000&sessionVariables=time_zone='+05:30'");
            database.setUser(server.username());
            database.setPassword(server.password());
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public DeadLetterStore store() {
        return store;
    }

    public ReplayStore replays() {
        return replays;
    }

    void advance(Duration duration) {
        String earlier = " - interval '" + duration.toSeconds() + "' second";
        jdbc.sql("update resilience_dead_letter set leased_until = leased_until" + earlier + ", parked_at = parked_at"
                        + earlier + ", changed_at = changed_at" + earlier)
                .update();
        jdbc.sql("update resilience_replay set leased_until = leased_until" + earlier + ", created_at = created_at"
                        + earlier + ", ended_at = ended_at" + earlier)
                .update();
    }
}
