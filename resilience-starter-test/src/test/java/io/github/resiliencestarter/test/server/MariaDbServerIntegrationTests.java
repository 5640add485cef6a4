package io.github.resiliencestarter.test.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class MariaDbServerIntegrationTests extends DatabaseServerIntegrationTests {

    private final MariaDbServer mariadb = Servers.mariadb();

    MariaDbServerIntegrationTests() {
        super(Servers.mariadb());
    }

    @Override
    String jdbcUrl() {
        return mariadb.jdbcUrl();
    }

    @Override
    Connection connect(int seconds) throws SQLException {
        return DriverManager.getConnection(
                mariadb.jdbcUrl() + "?connectTimeout=" + seconds * 1_000, mariadb.username(), mariadb.password());
    }
}
