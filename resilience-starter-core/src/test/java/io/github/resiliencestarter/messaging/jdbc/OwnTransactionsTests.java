package io.github.resiliencestarter.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What has been parked stays so, and what the caller has not committed is not committed by us. */
class OwnTransactionsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final DeadLetter LETTER = new DeadLetter(
            "letter",
            new Source.Topic("billing", "orders", 0, 7),
            null,
            null,
            Headers.NONE,
            Failure.of(new IllegalStateException("no stock")),
            1,
            NOW,
            NOW,
            0,
            null);

    private final JdbcDataSource database = new JdbcDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    OwnTransactionsTests() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        new JdbcSchema(database).prepare(JdbcSchema.Initialize.ALWAYS);
        jdbc.execute("create table orders (id int)");
    }

    @Test
    void a_letter_stays_parked_when_the_caller_rolls_back() {
        parkInTransactionThatRollsBack(new JdbcDeadLetterStore(database), database);
    }

    @Test
    void a_letter_stays_parked_when_the_data_source_hands_out_the_connection_of_the_caller() {
        DataSource proxy = new TransactionAwareDataSourceProxy(database);
        parkInTransactionThatRollsBack(new JdbcDeadLetterStore(proxy), proxy);
    }

    private void parkInTransactionThatRollsBack(DeadLetterStore store, DataSource callers) {
        new TransactionTemplate(new DataSourceTransactionManager(callers)).executeWithoutResult(status -> {
            new JdbcTemplate(callers).update("insert into orders values (1)");
            store.park(LETTER);
            assertThat(store.find("letter")).isPresent();
            status.setRollbackOnly();
        });

        assertThat(store.find("letter")).isPresent();
        assertThat(orders()).isZero();
    }

    /** JPA binds its connection for JDBC, and does not mark it as a transaction of JDBC. */
    @Test
    void the_connection_of_a_jpa_transaction_is_left_alone() throws SQLException {
        DeadLetterStore store = new JdbcDeadLetterStore(database);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("insert into orders values (1)");
            TransactionSynchronizationManager.bindResource(database, new ConnectionHolder(connection));
            TransactionSynchronizationManager.initSynchronization();
            try {
                store.park(LETTER);
            } finally {
                TransactionSynchronizationManager.clearSynchronization();
                TransactionSynchronizationManager.unbindResource(database);
            }
            assertThat(connection.getAutoCommit()).isFalse();
            connection.rollback();
        }

        assertThat(store.find("letter")).isPresent();
        assertThat(orders()).isZero();
    }

    @Test
    void a_question_in_the_transaction_of_the_caller_keeps_no_connection_until_its_end() {
        CountedConnections counted = new CountedConnections(database);
        JdbcDeadLetterStore store = new JdbcDeadLetterStore(counted);
        JdbcReplayStore replays = new JdbcReplayStore(counted);
        store.park(LETTER);
        new TransactionTemplate(new DataSourceTransactionManager(counted)).executeWithoutResult(status -> {
            store.find("letter");
            store.find(LetterFilter.ALL, null, 10);
            store.count(LetterFilter.ALL);
            store.oldestOpen(LetterFilter.ALL);
            store.groups(LetterFilter.ALL);
            store.actions("letter");
            replays.find("replay");
            replays.recent(10);

            assertThat(counted.open()).as("that of the caller").isEqualTo(1);
        });
        assertThat(counted.open()).isZero();
    }

    private int orders() {
        Integer count = jdbc.queryForObject("select count(*) from orders", Integer.class);
        return count == null ? -1 : count;
    }
}
