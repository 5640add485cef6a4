package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;

@WithPostgres
class PostgresReplayStoreIntegrationTests extends ReplayStoreContract {

    private static JdbcStore postgres;

    @BeforeAll
    static void connect(PostgresServer server) {
        postgres = JdbcStore.in(server);
    }

    @Override
    protected ReplayStore store() {
        return postgres.replays();
    }

    @Override
    protected void advance(Duration duration) {
        postgres.advance(duration);
    }
}
