package io.github.resiliencestarter.messaging.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Statements, transactions and the clock of one database. Whatever transaction the caller has, ours is another one, on another
 * connection. Connections are bound to threads by the data source that they are from; this one is ours alone, so we cannot get
 * that of the caller, whether its transaction is one of JDBC, of JPA or of somebody else.
 */
final class Database {

    private final JdbcClient jdbc;
    private final Dialect dialect;
    private final TransactionTemplate transaction;

    Database(DataSource source) {
        DataSource own = new DelegatingDataSource(target(source));
        this.jdbc = JdbcClient.create(own);
        this.dialect = Dialect.of(own);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(own));
        // New to the caller's synchronizations, too: they are about a transaction that has not ended yet.
        transaction.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        transaction.setIsolationLevel(dialect.isolation());
    }

    /** A proxy that hands out the connection of the caller's transaction would undo all of it. */
    private static DataSource target(DataSource source) {
        return source instanceof TransactionAwareDataSourceProxy proxy
                ? Objects.requireNonNull(proxy.getTargetDataSource())
                : source;
    }

    JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql);
    }

    /** With the time of the database as {@code :now}; whether it changed one row. */
    boolean update(String sql, Map<String, @Nullable Object> parameters) {
        return jdbc.sql(sql).params(parameters).param("now", time(now())).update() == 1;
    }

    Instant now() {
        return jdbc.sql("select " + dialect.now() + " as moment")
                .query((row, number) -> instant(row, "moment"))
                .single();
    }

    Object time(Instant instant) {
        return dialect.time(instant);
    }

    Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(dialect.instant(row, column), column);
    }

    @Nullable
    Instant optionalInstant(ResultSet row, String column) throws SQLException {
        return dialect.instant(row, column);
    }

    <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    /**
     * Asks outside of our own transactions. Within one of the caller's, Spring would keep a connection of ours until that one ends,
     * and with it what the database has shown to the first question.
     */
    <T> T read(Supplier<T> question) {
        return TransactionSynchronizationManager.isSynchronizationActive() ? inTransaction(question) : question.get();
    }

    /** Parameters of which some may be null, as {@link Map#of} does not take them. */
    static Map<String, @Nullable Object> parameters(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return parameters;
    }
}
