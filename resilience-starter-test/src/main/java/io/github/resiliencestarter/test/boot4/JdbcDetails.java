package io.github.resiliencestarter.test.boot4;

import io.github.resiliencestarter.test.server.PostgresServer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

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
