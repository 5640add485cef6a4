package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.Retention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Forgets letters and replays that are done with, in whatever store they are. */
@AutoConfiguration(after = DeadLetterStoreAutoConfiguration.class)
@ConditionalOnBean(DeadLetterStore.class)
@Conditional(ResilienceSwitch.On.class)
@EnableConfigurationProperties(DeadLetterProperties.class)
public class DeadLetterRetentionAutoConfiguration {

    @Bean
    Retention resilienceRetention(
            DeadLetterStore letters, ObjectProvider<ReplayStore> replays, DeadLetterProperties properties) {
        return new Retention(letters, replays.getIfAvailable(), properties.retention(), properties.retentionInterval());
    }
}
