package io.github.resiliencestarter.call.outcome;

import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.Verdict;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Exceptions of JDBC and of Spring's data access, real ones of H2 and of HikariCP where these throw them. */
class SqlOutcomesTests {

    private static final Verdict NEVER_SENT = Verdict.neverSent();
    private static final Verdict NOT_NOW = Verdict.notNow();
    private static final Verdict REJECTED = Verdict.rejected();
    private static final Verdict UNKNOWN = Verdict.unknown();

    private final Outcomes outcomes =
            new Outcomes(List.of(new ConnectionOutcomes(), new DataAccessOutcomes(), new SqlOutcomes()));
    private final HikariDataSource pool = pool();
    private final JdbcClient jdbc = JdbcClient.create(pool);

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:outcomes;DB_CLOSE_DELAY=-1");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        return new HikariDataSource(config);
    }

    @AfterEach
    void close() {
        jdbc.sql("DROP ALL OBJECTS").update();
        pool.close();
    }

    private Verdict verdictOf(String sql) {
        return outcomes.of(fails(() -> jdbc.sql(sql).update()));
    }

    private Verdict plainVerdictOf(String sql) {
        return outcomes.of(fails(() -> {
            try (Connection connection = pool.getConnection()) {
                connection.createStatement().execute(sql);
            }
        }));
    }

    @Test
    void a_pool_that_has_no_connection_left_has_sent_nothing() throws SQLException {
        Connection only = pool.getConnection();
        try {
            Throwable ofPool = fails(pool::getConnection);
            assertThat(ofPool).isInstanceOf(SQLTransientConnectionException.class);
            assertThat(outcomes.of(ofPool)).isEqualTo(NEVER_SENT);
            assertThat(verdictOf("CREATE TABLE a (id INT)")).isEqualTo(NEVER_SENT);
            assertThat(outcomes.of(fails(() ->
                            new DataSourceTransactionManager(pool).getTransaction(new DefaultTransactionDefinition()))))
                    .isEqualTo(NEVER_SENT);
        } finally {
            only.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"08003", "08006", "08007", "08S01", "25S03"})
    void a_connection_that_was_lost_in_use_is_unknown_though_its_type_calls_it_transient(String state) {
        assertThat(outcomes.of(new SQLTransientConnectionException("lost", state)))
                .isEqualTo(UNKNOWN);
        // HikariCP takes over the state of the last failure to connect
        assertThat(outcomes.of(new SQLTransientConnectionException(
                        "pool - Connection is not available, request timed out after 250ms", state)))
                .isEqualTo(NEVER_SENT);
    }

    @Test
    void what_the_database_refuses_would_be_refused_again() {
        jdbc.sql("CREATE TABLE a (id INT PRIMARY KEY, name VARCHAR(3))").update();
        jdbc.sql("INSERT INTO a VALUES (1, 'x')").update();
        for (String sql : List.of(
                "INSERT INTO a VALUES (1, 'x')",
                "INSERT INTO a VALUES (2, 'much too long')",
                "INSERT INTO a VALUES ('no number', 'x')",
                "SELEKT",
                "SELECT * FROM nowhere")) {
            assertThat(verdictOf(sql)).as(sql).isEqualTo(REJECTED);
            assertThat(plainVerdictOf(sql)).as("plain " + sql).isEqualTo(REJECTED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "08001, NEVER_SENT, true",
        "08004, NEVER_SENT, true",
        "53300, REJECTED, true",
        "57P03, REJECTED, true",
        "55P03, REJECTED, true",
        "40001, REJECTED, true",
        "40P01, REJECTED, true",
        "40002, REJECTED, false",
        "40003, UNKNOWN, true",
        "0A000, REJECTED, false",
        "21S01, REJECTED, false",
        "22001, REJECTED, false",
        "23505, REJECTED, false",
        "28000, REJECTED, false",
        "42601, REJECTED, false",
        "44000, REJECTED, false",
        "08006, UNKNOWN, true",
        "08007, UNKNOWN, true",
        "57014, UNKNOWN, true",
        "57P01, UNKNOWN, true",
        "HY000, UNKNOWN, true",
        "99999, UNKNOWN, true",
        "4, UNKNOWN, true"
    })
    void a_state_says_what_the_database_has_done(String state, CallOutcome outcome, boolean retryable) {
        assertThat(outcomes.of(new SQLException("of a driver", state)))
                .isEqualTo(new Verdict(outcome, retryable, null));
    }

    @Test
    void a_deadlock_of_oracle_has_a_state_that_others_share() {
        assertThat(outcomes.of(new SQLException("ORA-00060", "61000", 60))).isEqualTo(NOT_NOW);
        assertThat(outcomes.of(new SQLException("ORA-00028", "61000", 28))).isEqualTo(UNKNOWN);
    }

    @Test
    void where_there_is_no_state_the_type_speaks() {
        assertThat(outcomes.of(new SQLTransactionRollbackException("deadlock"))).isEqualTo(NOT_NOW);
        for (SQLException refused : List.of(
                new SQLIntegrityConstraintViolationException("twice"),
                new SQLSyntaxErrorException("SELEKT"),
                new SQLDataException("too long"),
                new SQLFeatureNotSupportedException("not here"),
                new SQLInvalidAuthorizationSpecException("who?"))) {
            assertThat(outcomes.of(refused)).as(refused.toString()).isEqualTo(REJECTED);
        }
        assertThat(outcomes.of(new SQLTimeoutException("late"))).isEqualTo(UNKNOWN);
        assertThat(outcomes.of(new SQLRecoverableException("lost"))).isEqualTo(UNKNOWN);
    }

    static Stream<DataAccessException> conflicts() {
        return Stream.of(
                new PessimisticLockingFailureException("deadlock"),
                new CannotAcquireLockException("locked"),
                new OptimisticLockingFailureException("stale"));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void a_conflict_with_another_transaction_may_not_be_there_the_next_time(DataAccessException conflict) {
        assertThat(outcomes.of(conflict)).isEqualTo(NOT_NOW);
    }

    @Test
    void what_is_missing_or_forbidden_would_be_so_again() {
        assertThat(outcomes.of(fails(() ->
                        jdbc.sql("SELECT 1 WHERE 1 = 2").query(Integer.class).single())))
                .isEqualTo(REJECTED);
        assertThat(outcomes.of(new PermissionDeniedDataAccessException("no", null)))
                .isEqualTo(REJECTED);
    }

    @Test
    void a_transaction_that_could_not_begin_has_done_nothing_however_the_connection_was_lost() {
        SQLException lost = new SQLException("lost", "08006");
        assertThat(outcomes.of(new CannotGetJdbcConnectionException("no connection", lost)))
                .isEqualTo(NEVER_SENT);
        assertThat(outcomes.of(new CannotCreateTransactionException("no begin", lost)))
                .isEqualTo(NEVER_SENT);
    }

    @Test
    void of_a_resource_that_failed_the_cause_says_how() {
        assertThat(outcomes.of(new DataAccessResourceFailureException("lost", new SQLException("", "08006"))))
                .isEqualTo(UNKNOWN);
        assertThat(outcomes.of(new DataAccessResourceFailureException("down", new SQLException("", "08001"))))
                .isEqualTo(NEVER_SENT);
        assertThat(outcomes.of(new QueryTimeoutException("late"))).isEqualTo(UNKNOWN);
    }

    @Test
    void a_commit_that_failed_is_unknown_unless_the_database_says_that_it_rolled_back() {
        assertThat(outcomes.of(new TransactionSystemException("commit", new SQLException("", "08006"))))
                .isEqualTo(UNKNOWN);
        assertThat(outcomes.of(new TransactionSystemException("commit", new SQLException("", "40001"))))
                .isEqualTo(NOT_NOW);
    }
}
