package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.WithMariaDb;
import io.github.resiliencestarter.test.server.MariaDbServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithMariaDb
class MariaDbDeadLetterStoreIntegrationTests extends DeadLetterStoreContract {

    private static JdbcStore mariadb;

    @BeforeAll
    static void connect(MariaDbServer server) {
        mariadb = JdbcStore.in(server);
    }

    @Override
    protected DeadLetterStore store() {
        return mariadb.store();
    }

    @Override
    protected void advance(Duration duration) {
        mariadb.advance(duration);
    }

    @Test
    void times_are_those_of_the_world_whatever_the_time_zone_of_the_session() {
        DeadLetter letter = Letters.of(new Source.Topic("group", "zone", 1, 7));
        store().park(letter);

        ParkedLetter parked = store().find(letter.id()).orElseThrow();

        assertThat(parked.parkedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void what_is_parked_survives_the_death_of_the_database(MariaDbServer server) {
        DeadLetter letter = Letters.of(new Source.Topic("group", "survivor", 1, 7));
        store().park(letter);

        server.kill();
        server.start();

        assertThat(store().find(letter.id()).orElseThrow().letter()).isEqualTo(letter);
    }
}
