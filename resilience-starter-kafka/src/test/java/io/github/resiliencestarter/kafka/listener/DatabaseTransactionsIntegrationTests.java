package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** Listeners in transactions of a database, of which their containers know nothing. */
@WithKafka
class DatabaseTransactionsIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void each_attempt_has_a_transaction_and_what_a_failed_one_wrote_is_not_there(KafkaServer kafka) {
        host = Host.of(kafka, 1, Listener.class)
                .with("spring.kafka.listener.auto-startup", "false")
                .start();
        JdbcTemplate jdbc = host.bean(JdbcTemplate.class);
        jdbc.execute("create table purchase (name varchar(20))");
        Recorder recorder = host.bean(Recorder.class).failUntil(3, "b").failAlways("c");
        host.send("a", "b", "c", "d");
        host.container().start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(4));
        assertThat(recorder.seen()).containsExactly("a", "b", "b", "b", "c", "c", "c", "d");
        assertThat(jdbc.queryForList("select name from purchase", String.class)).containsExactly("a", "b", "d");
        assertThat(host.deadLetters()).containsExactly("c");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Listener {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        DataSource dataSource(@Value("${test.topic}") String name) {
            return new DriverManagerDataSource("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        Orders orders(JdbcTemplate jdbc, Recorder recorder) {
            return new Orders(jdbc, recorder);
        }
    }

    static class Orders {

        private final JdbcTemplate jdbc;
        private final Recorder recorder;

        Orders(JdbcTemplate jdbc, Recorder recorder) {
            this.jdbc = jdbc;
            this.recorder = recorder;
        }

        @Transactional
        @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
        public void onOrder(String order) {
            jdbc.update("insert into purchase values (?)", order);
            recorder.see(order);
        }
    }
}
