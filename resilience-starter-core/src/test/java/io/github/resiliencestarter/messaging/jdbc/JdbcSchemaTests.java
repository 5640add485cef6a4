package io.github.resiliencestarter.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.jdbc.JdbcSchema.Initialize;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

class JdbcSchemaTests {

    private final JdbcDataSource database = new JdbcDataSource();
    private final JdbcSchema schema;

    JdbcSchemaTests() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        schema = new JdbcSchema(database);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
    void an_embedded_database_gets_its_tables_once(Initialize when) {
        schema.prepare(when);
        schema.prepare(when);

        assertThat(new JdbcDeadLetterStore(database).count(LetterFilter.ALL)).isZero();
        assertThat(new JdbcReplayStore(database).recent(1)).isEmpty();
    }

    @Test
    void without_tables_the_start_stops_and_says_which_property_and_which_script() {
        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> schema.prepare(Initialize.NEVER))
                .withMessageContaining("resilience.jdbc.initialize-schema: never")
                .withMessageContaining("no table resilience_dead_letter, no table resilience_dead_letter_action,"
                        + " no table resilience_replay")
                .withMessageContaining("Set resilience.jdbc.initialize-schema to always")
                .withMessageContaining("classpath:io/github/resiliencestarter/messaging/jdbc/schema-h2.sql");
    }

    @Test
    void a_column_that_is_missing_is_named_whatever_the_property_says() {
        schema.prepare(Initialize.ALWAYS);
        new JdbcTemplate(database).execute("alter table resilience_replay drop column canary");

        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> schema.prepare(Initialize.ALWAYS))
                .withMessageContaining("there is no column canary of table resilience_replay");
    }

    @Test
    void instances_that_start_at_the_same_moment_create_the_tables_together() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> start = () -> {
                new JdbcSchema(database).prepare(Initialize.ALWAYS);
                return true;
            };
            for (Future<Boolean> each : instances.invokeAll(Collections.nCopies(8, start))) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            instances.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:test", "jdbc:h2:~/test", "jdbc:h2:file:/data/test", "jdbc:h2:./test"})
    void h2_in_this_jvm_is_embedded(String url) {
        assertThat(JdbcSchema.isEmbedded(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:tcp://db/test", "jdbc:h2:ssl://db/test", "jdbc:postgresql://db/test"})
    void a_server_is_not_embedded(String url) {
        assertThat(JdbcSchema.isEmbedded(url)).isFalse();
    }

    @Test
    void every_script_creates_the_same_tables_with_the_same_columns() {
        List<ClassPathResource> scripts = List.of(Dialect.values()).stream()
                .map(dialect -> new ClassPathResource(dialect.script(), Dialect.class))
                .toList();

        assertThat(scripts).extracting(ScriptColumns::of).hasSize(3).containsOnly(ScriptColumns.of(scripts.get(0)));
        assertThat(ScriptColumns.of(scripts.get(0)))
                .containsOnlyKeys("resilience_dead_letter", "resilience_dead_letter_action", "resilience_replay");
        assertThat(ScriptColumns.of(scripts.get(0)).get("resilience_dead_letter_action"))
                .contains("arrival", "original_payload")
                .doesNotContain("index", "foreign");
    }

    @Test
    void a_database_that_is_not_known_stops_the_start_and_the_known_ones_are_named() {
        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> Dialect.of("Oracle"))
                .withMessageContaining("dead letters cannot be parked in Oracle")
                .withMessageContaining("H2, PostgreSQL, MariaDB and MySQL")
                .withMessageContaining("Set resilience.jdbc.enabled to false");
        assertThat(List.of("H2", "PostgreSQL", "MariaDB", "MySQL"))
                .extracting(Dialect::of)
                .containsExactly(Dialect.H2, Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MYSQL);
    }
}
