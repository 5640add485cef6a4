package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithPostgres
class PostgresDeadLetterStoreIntegrationTests extends DeadLetterStoreContract {

    private static JdbcStore postgres;

    @BeforeAll
    static void connect(PostgresServer server) {
        postgres = JdbcStore.in(server);
    }

    @Override
    protected DeadLetterStore store() {
        return postgres.store();
    }

    @Override
    protected void advance(Duration duration) {
        postgres.advance(duration);
    }

    @Test
    void what_is_parked_survives_the_death_of_the_database(PostgresServer server) {
        DeadLetter letter = Letters.of(new Source.Topic("group", "survivor", 1, 7));
        store().park(letter);

        server.kill();
        server.start();

        assertThat(store().find(letter.id()).orElseThrow().letter()).isEqualTo(letter);
    }
}
