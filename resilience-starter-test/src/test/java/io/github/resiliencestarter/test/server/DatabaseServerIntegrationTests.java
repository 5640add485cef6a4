package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each database of the kit must keep. */
abstract class DatabaseServerIntegrationTests {

    private final AbstractServer server;

    DatabaseServerIntegrationTests(AbstractServer server) {
        this.server = server;
    }

    abstract String jdbcUrl();

    abstract Connection connect(int seconds) throws SQLException;

    @AfterEach
    void heal() {
        server.heal();
    }

    @Test
    void what_was_committed_survives_kill_9() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table letters (id int primary key)");
            for (int i = 0; i < 100; i++) {
                statement.execute("insert into letters values (" + i + ")");
            }
            server.kill();
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"));
        }
        server.start();

        assertThat(number("select count(*) from letters")).isEqualTo(100);
    }

    @Test
    void paused_it_does_not_answer_on_old_connections_either_and_resumed_it_does() throws SQLException {
        try (Connection connection = connect()) {
            server.pause();
            assertThat(connection.isValid(1)).isFalse();
        }
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(1));
        server.resume();

        assertThat(number("select 1")).isOne();
    }

    @Test
    void a_restart_keeps_the_address() throws SQLException {
        String before = jdbcUrl();
        server.restart();

        assertThat(jdbcUrl()).isEqualTo(before);
        assertThat(number("select 1")).isOne();
    }

    private Connection connect() throws SQLException {
        return connect(20);
    }

    private int number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }
}
