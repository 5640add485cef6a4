package io.github.resiliencestarter.autoconfigure;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.Retention;
import io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcReplayStore;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

class DeadLetterStoreAutoConfigurationTests {

    private final JdbcDataSource database = newDatabase();
    private final ApplicationContextRunner host = host().withConfiguration(AutoConfigurations.of(
            DeadLetterStoreAutoConfiguration.class, DeadLetterRetentionAutoConfiguration.class));
    private final ApplicationContextRunner withTransport =
            host.withBean(DeadLetterTransport.class, () -> mock(DeadLetterTransport.class));
    private final ApplicationContextRunner withBoth =
            withTransport.withBean("database", DataSource.class, () -> database);

    @Test
    void letters_and_replays_are_kept_in_the_database_of_the_application() {
        withBoth.run(context -> {
            assertThat(context).hasSingleBean(DeadLetterStore.class).hasSingleBean(Retention.class);
            assertThat(context.getBean(DeadLetterStore.class).count(LetterFilter.ALL))
                    .isZero();
            assertThat(context.getBean(ReplayStore.class).recent(1)).isEmpty();
        });
    }

    @Test
    void a_host_without_a_broker_gets_neither_beans_nor_tables() {
        host.withBean(DataSource.class, () -> database).run(context -> {
            assertThat(context).doesNotHaveBean(DeadLetterStore.class).doesNotHaveBean(Retention.class);
            assertThat(tables()).isZero();
        });
    }

    @Test
    void a_host_without_a_database_starts() {
        withTransport.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadLetterStore.class));
    }

    @Test
    void a_host_without_spring_jdbc_starts() {
        withBoth.withClassLoader(new FilteredClassLoader(JdbcClient.class, JdbcTemplate.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadLetterStore.class));
    }

    @Test
    void of_two_databases_without_a_primary_one_none_is_taken() {
        withBoth.withBean("other", DataSource.class, DeadLetterStoreAutoConfigurationTests::newDatabase)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadLetterStore.class));
        withBoth.withBean(
                        "other",
                        DataSource.class,
                        DeadLetterStoreAutoConfigurationTests::newDatabase,
                        definition -> definition.setPrimary(true))
                .run(context -> {
                    assertThat(context).hasSingleBean(JdbcDeadLetterStore.class);
                    assertThat(tables()).isZero();
                });
    }

    @Test
    void a_store_of_the_host_takes_its_place_and_is_cleaned_too() {
        DeadLetterStore own = mock(DeadLetterStore.class);
        withBoth.withBean(DeadLetterStore.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(DeadLetterStore.class).doesNotHaveBean(JdbcReplayStore.class);
            assertThat(tables()).isZero();

            context.getBean(Retention.class).run();
            verify(own).forget(Duration.ofDays(30));
        });
    }

    @Test
    void it_can_be_switched_off() {
        withBoth.withPropertyValues("resilience.jdbc.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadLetterStore.class));
        withBoth.withPropertyValues("resilience.jdbc.enabled=off")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadLetterStore.class));
        withBoth.withPropertyValues("resilience.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadLetterStore.class));
    }

    @Test
    void tables_that_are_missing_stop_the_start() {
        withBoth.withPropertyValues("resilience.jdbc.initialize-schema=never")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(ResilienceConfigurationException.class)
                        .hasMessageContaining("resilience.jdbc.initialize-schema: never"));
    }

    @Test
    void what_the_host_has_migrated_is_enough() {
        withBoth.run(context -> assertThat(context).hasNotFailed());
        withBoth.withPropertyValues("resilience.jdbc.initialize-schema=never")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_database_that_is_down_stops_the_start_with_what_to_do() {
        database.setUrl("jdbc:h2:tcp://127.0.0.1:1/nobody");
        withBoth.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isNotNull()
                .satisfies(any -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("resilience.jdbc.enabled=false")));
    }

    @Test
    void a_retention_that_is_not_positive_stops_the_start() {
        withBoth.withPropertyValues("resilience.dead-letters.retention=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("resilience.dead-letters.retention: PT0S is not positive"));
    }

    @Test
    void an_interval_that_is_too_short_stops_the_start() {
        withBoth.withPropertyValues("resilience.dead-letters.retention-interval=100us")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("resilience.dead-letters.retention-interval: PT0.0001S is too short"));
    }

    @Test
    void retention_goes_by_its_property_and_survives_a_database_that_is_down() {
        DeadLetterStore own = mock(DeadLetterStore.class);
        given(own.forget(Duration.ofDays(7))).willReturn(3L);
        withBoth.withBean(DeadLetterStore.class, () -> own)
                .withPropertyValues("resilience.dead-letters.retention=7d")
                .run(context -> {
                    Retention retention = context.getBean(Retention.class);
                    assertThat(retention.isRunning()).isTrue();
                    retention.run();
                    verify(own).forget(Duration.ofDays(7));

                    willThrow(new DataAccessResourceFailureException("down"))
                            .given(own)
                            .forget(Duration.ofDays(7));
                    retention.run();
                });
    }

    private int tables() {
        Integer count = new JdbcTemplate(database)
                .queryForObject(
                        "select count(*) from information_schema.tables where lower(table_name) like 'resilience%'",
                        Integer.class);
        return count == null ? -1 : count;
    }

    private static JdbcDataSource newDatabase() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }
}
