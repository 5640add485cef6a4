package io.github.resiliencestarter.test.boot3;

import io.github.resiliencestarter.test.server.PostgresServer;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** The way to PostgreSQL. */
public record JdbcDetails(PostgresServer server) implements JdbcConnectionDetails {

    @Override
    public String getJdbcUrl() {
        return server.jdbcUrl();
    }

    @Override
    public String getUsername() {
        return server.username();
    }

    @Override
    public String getPassword() {
        return server.password();
    }
}
