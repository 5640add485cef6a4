package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcReplayStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcSchema;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Dead letters in the application's database, where it has one, and a broker whose messages may fail. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "io.github.resiliencestarter.kafka.autoconfigure.KafkaListenerAutoConfiguration",
            "io.github.resiliencestarter.rabbit.autoconfigure.RabbitListenerAutoConfiguration"
        })
@ConditionalOnClass({DataSource.class, JdbcClient.class, TransactionTemplate.class})
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnBean(DeadLetterTransport.class)
@ConditionalOnMissingBean(DeadLetterStore.class)
@Conditional(JdbcSwitch.class)
@EnableConfigurationProperties(JdbcProperties.class)
public class DeadLetterStoreAutoConfiguration {

    @Bean
    JdbcDeadLetterStore resilienceDeadLetterStore(DataSource database) {
        return new JdbcDeadLetterStore(database);
    }

    @Bean
    @ConditionalOnMissingBean(ReplayStore.class)
    JdbcReplayStore resilienceReplayStore(DataSource database) {
        return new JdbcReplayStore(database);
    }

    /** After the migrations of the host, which may create the tables, and before the first listener starts. */
    @Bean
    SmartInitializingSingleton resilienceDeadLetterSchema(DataSource database, JdbcProperties properties) {
        return () -> new JdbcSchema(database).prepare(properties.initializeSchema());
    }
}
