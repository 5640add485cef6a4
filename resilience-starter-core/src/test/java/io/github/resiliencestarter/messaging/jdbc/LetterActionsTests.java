package io.github.resiliencestarter.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class LetterActionsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final DeadLetter LETTER = new DeadLetter(
            "letter",
            new Source.Topic("billing", "orders", 0, 7),
            null,
            bytes("as it came"),
            Headers.NONE,
            Failure.of(new IllegalStateException("no stock")),
            1,
            NOW,
            NOW,
            0,
            null);

    private final JdbcTemplate jdbc;
    private final DeadLetterStore store;

    LetterActionsTests() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        new JdbcSchema(database).prepare(JdbcSchema.Initialize.ALWAYS);
        jdbc = new JdbcTemplate(database);
        store = new JdbcDeadLetterStore(database);
        store.park(LETTER);
    }

    @Test
    void the_payload_with_which_a_letter_came_is_kept_with_its_first_edit() {
        store.edit("letter", bytes("once"), "alice", "a test");
        store.edit("letter", bytes("twice"), "alice", "a test");

        assertThat(jdbc.queryForList(
                        "select original_payload from resilience_dead_letter_action order by arrival", byte[].class))
                .containsExactly(bytes("as it came"), null);
    }

    @Test
    void a_letter_takes_its_audit_with_it() {
        store.discard("letter", "alice", "a test");

        assertThat(store.forget(Duration.ZERO)).isEqualTo(1);

        assertThat(store.actions("letter")).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
