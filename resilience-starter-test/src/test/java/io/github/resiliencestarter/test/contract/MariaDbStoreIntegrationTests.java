package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.test.WithMariaDb;
import io.github.resiliencestarter.test.server.MariaDbServer;
import io.github.resiliencestarter.test.server.Server;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

@WithMariaDb
class MariaDbStoreIntegrationTests extends DatabaseServerTests {

    private final MariaDbServer server;

    MariaDbStoreIntegrationTests(MariaDbServer server) {
        this.server = server;
    }

    @Override
    protected Server server() {
        return server;
    }

    @Override
    protected DataSource emptyDatabase() {
        String name = "s" + UUID.randomUUID().toString().replace("-", "");
        new JdbcTemplate(JdbcStore.database(server, server.jdbcUrl())).execute("create database " + name);
        return JdbcStore.database(server, server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name));
    }

    @Override
    protected String numbers(int most) {
        return "select seq as n from seq_1_to_" + most;
    }

    @Override
    protected String explain() {
        return "explain format = json";
    }

    @Override
    protected String analyze() {
        return "analyze table resilience_dead_letter";
    }
}
