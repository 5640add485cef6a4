package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.ReplayStore;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;

class H2ReplayStoreTests extends ReplayStoreContract {

    private static final JdbcStore H2 = new JdbcStore(database());

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:replays;DB_CLOSE_DELAY=-1");
        return database;
    }

    @Override
    protected ReplayStore store() {
        return H2.replays();
    }

    @Override
    protected void advance(Duration duration) {
        H2.advance(duration);
    }
}
