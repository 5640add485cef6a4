package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.replay.ReplayProperties;
import io.github.resiliencestarter.messaging.replay.Replays;
import io.github.resiliencestarter.operations.messages.DeadLettersEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code deadletters}, where there are stores, and the application has the actuator and exposes it. */
@AutoConfiguration(after = ReplayAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({DeadLetterStore.class, Replays.class})
@EnableConfigurationProperties(DeadLetterProperties.class)
public class DeadLettersEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    DeadLettersEndpoint resilienceDeadLettersEndpoint(
            DeadLetterStore store,
            Replays replays,
            ReplayProperties properties,
            CallClock clock,
            DeadLetterProperties letters) {
        return new DeadLettersEndpoint(store, replays, properties, clock.clock(), letters.showPayload());
    }
}
