package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.Server;
import java.util.UUID;
import javax.sql.DataSource;
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
