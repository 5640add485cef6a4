package io.github.resiliencestarter.test.conservation;

import io.github.resiliencestarter.test.server.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;

/** The parked letters of one topic or queue, read as anybody would who has only the database. */
public final class ParkedLetters implements Supplier<Numbers> {

    private final PostgresServer postgres;
    private final String source;

    public ParkedLetters(PostgresServer postgres, String source) {
        this.postgres = postgres;
        this.source = source;
    }

    @Override
    public Numbers get() {
        Numbers numbers = new Numbers();
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                PreparedStatement query =
                        connection.prepareStatement("SELECT payload FROM resilience_dead_letter WHERE source = ?")) {
            query.setString(1, source);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    numbers.add(Long.parseLong(new String(rows.getBytes(1), StandardCharsets.UTF_8)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return numbers;
    }
}
