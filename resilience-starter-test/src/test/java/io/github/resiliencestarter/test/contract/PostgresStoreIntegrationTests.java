package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcSchema;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.Server;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

@WithPostgres
class PostgresStoreIntegrationTests extends DatabaseServerTests {

    private final PostgresServer server;

    PostgresStoreIntegrationTests(PostgresServer server) {
        this.server = server;
    }

    @Override
    protected Server server() {
        return server;
    }

    @Override
    protected DataSource emptyDatabase() {
        String schema = "s" + UUID.randomUUID().toString().replace("-", "");
        new JdbcTemplate(JdbcStore.database(server)).execute("create schema " + schema);
        PGSimpleDataSource database = JdbcStore.database(server);
        database.setCurrentSchema(schema);
        return database;
    }

    @Test
    void who_may_create_nothing_starts_where_nothing_is_missing_and_is_told_where_something_is() {
        String role = "r" + UUID.randomUUID().toString().replace("-", "");
        PGSimpleDataSource database = (PGSimpleDataSource) emptyDatabase();
        JdbcTemplate owner = new JdbcTemplate(database);
        owner.execute("create role " + role + " login password 'secret'");
        owner.execute("grant usage on schema " + database.getCurrentSchema() + " to " + role);
        PGSimpleDataSource restricted = JdbcStore.database(server);
        restricted.setCurrentSchema(database.getCurrentSchema());
        restricted.setUser(role);
        restricted.setPassword("secret");

        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> new JdbcSchema(restricted).prepare(JdbcSchema.Initialize.ALWAYS))
                .withMessageContaining("there is no table resilience_dead_letter")
                .withMessageContaining("permission denied for schema")
                .withMessageContaining("let your migrations run the script");

        new JdbcSchema(database).prepare(JdbcSchema.Initialize.ALWAYS);
        owner.execute("grant select, insert, update, delete on all tables in schema " + database.getCurrentSchema()
                + " to " + role);
        new JdbcSchema(restricted).prepare(JdbcSchema.Initialize.ALWAYS);

        assertThat(new JdbcDeadLetterStore(restricted).count(LetterFilter.ALL)).isZero();
    }

    @Override
    protected String numbers(int most) {
        return "select n from generate_series(1, " + most + ") as n";
    }

    @Override
    protected String explain() {
        return "explain";
    }

    @Override
    protected String analyze() {
        return "analyze resilience_dead_letter";
    }
}
