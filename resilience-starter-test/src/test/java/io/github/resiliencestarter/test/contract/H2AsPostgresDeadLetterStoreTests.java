package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;

/** As the tests of a host have it whose database is PostgreSQL: the names of some types are unknown there. */
class H2AsPostgresDeadLetterStoreTests extends DeadLetterStoreContract {

    private static final JdbcStore H2 = new JdbcStore(database());

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:dead-letters-as-postgres;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                + "DEFAULT_NULL_ORDERING=HIGH");
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
