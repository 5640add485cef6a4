package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.TransactionDefinition;

/** In what the databases differ: the schema, the clock, and how a point in time is written. */
enum Dialect {
    H2("h2", true),
    POSTGRESQL("postgresql", true),
    /** MariaDB, too. Its timestamps depend on the time zone of the session, so times are UTC without saying so. */
    MYSQL("mysql", false);

    private final String script;
    private final boolean zoned;

    Dialect(String script, boolean zoned) {
        this.script = script;
        this.zoned = zoned;
    }

    /** @throws ResilienceConfigurationException if it is none of these */
    static Dialect of(DataSource database) {
        String product;
        try {
            product = JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName);
        } catch (MetaDataAccessException e) {
            throw noAnswer(e);
        }
        return of(product);
    }

    static DataAccessResourceFailureException noAnswer(MetaDataAccessException cause) {
        return new DataAccessResourceFailureException(
                "The database in which dead letters are to be parked does not answer. It is needed at the start; set"
                        + " resilience.jdbc.enabled=false to start without it and to park nothing",
                cause);
    }

    static Dialect of(@Nullable String product) {
        return switch (String.valueOf(product)) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            case "MySQL", "MariaDB" -> MYSQL;
            default -> throw unsupported(product);
        };
    }

    private static ResilienceConfigurationException unsupported(@Nullable String product) {
        return new ResilienceConfigurationException(List.of(new Problem(
                "resilience.jdbc.enabled: true",
                "dead letters cannot be parked in " + product + ", only in H2, PostgreSQL, MariaDB and MySQL",
                "Set resilience.jdbc.enabled to false to park nothing, or define a DeadLetterStore bean of your own")));
    }

    /** On the class path, beside this class. */
    String script() {
        return "schema-" + script + ".sql";
    }

    /** To the microsecond, which is what the columns keep. */
    String now() {
        return zoned ? "current_timestamp" : "utc_timestamp(6)";
    }

    /** What the driver takes for a point in time. */
    Object time(Instant instant) {
        return zoned ? instant.atOffset(ZoneOffset.UTC) : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    @Nullable
    Instant instant(ResultSet row, String column) throws SQLException {
        if (zoned) {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    /** Elsewhere the default is the same; with MySQL's own default, a claim would lock the gaps into which others park. */
    int isolation() {
        return this == MYSQL ? TransactionDefinition.ISOLATION_READ_COMMITTED : TransactionDefinition.ISOLATION_DEFAULT;
    }
}
