package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;

// tag::contract[]
class H2DeadLetterStoreTests extends DeadLetterStoreContract {

    private static final JdbcStore H2 = new JdbcStore(database());

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:dead-letters;DB_CLOSE_DELAY=-1");
        return database;
    }

    @Override
    protected DeadLetterStore store() {
        return H2.store();
    }

    @Override
    protected void advance(Duration duration) {
        H2.advance(duration);
    }
}
// end::contract[]
