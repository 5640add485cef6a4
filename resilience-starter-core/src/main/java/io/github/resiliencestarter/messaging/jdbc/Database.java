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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Statements, transactions and the clock of one database. */
final class Database {

    private final JdbcClient jdbc;
    private final Dialect dialect;
    private final TransactionTemplate transaction;

    Database(DataSource source, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(source);
        this.dialect = Dialect.of(source);
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.setIsolationLevel(dialect.isolation());
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

    /** A transaction of its own, whatever transaction the caller has. */
    <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
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
