package io.github.resiliencestarter.test.boot3;

import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** The way to a database. */
public record JdbcDetails(String url, String username, String password) implements JdbcConnectionDetails {

    @Override
    public String getJdbcUrl() {
        return url;
    }

    @Override
    public String getUsername() {
        return username;
    }

    @Override
    public String getPassword() {
        return password;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url;
    }
}
