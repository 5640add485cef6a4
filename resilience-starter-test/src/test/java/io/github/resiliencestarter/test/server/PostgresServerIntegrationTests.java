package io.github.resiliencestarter.test.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class PostgresServerIntegrationTests extends DatabaseServerIntegrationTests {

    private final PostgresServer postgres = Servers.postgres();

    PostgresServerIntegrationTests() {
        super(Servers.postgres());
    }

    @Override
    String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    @Override
    Connection connect(int seconds) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl() + "?loginTimeout=" + seconds, postgres.username(), postgres.password());
    }
}
