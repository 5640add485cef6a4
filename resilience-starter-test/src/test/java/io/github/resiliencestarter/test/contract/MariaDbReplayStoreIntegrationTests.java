package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.test.WithMariaDb;
import io.github.resiliencestarter.test.server.MariaDbServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;

@WithMariaDb
class MariaDbReplayStoreIntegrationTests extends ReplayStoreContract {

    private static JdbcStore mariadb;

    @BeforeAll
    static void connect(MariaDbServer server) {
        mariadb = JdbcStore.in(server);
    }

    @Override
    protected ReplayStore store() {
        return mariadb.replays();
    }

    @Override
    protected void advance(Duration duration) {
        mariadb.advance(duration);
    }
}
