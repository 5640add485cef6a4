package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.replay.ReplayParts;
import io.github.resiliencestarter.messaging.replay.ReplayProperties;
import io.github.resiliencestarter.messaging.replay.ReplayRules;
import io.github.resiliencestarter.messaging.replay.ReplayRunner;
import io.github.resiliencestarter.messaging.replay.ReplaySchedules;
import io.github.resiliencestarter.messaging.replay.Replays;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Replays of parked letters, where there are stores for letters and for replays. */
@AutoConfiguration(after = {ResilienceMessagesAutoConfiguration.class, DeadLetterStoreAutoConfiguration.class})
@ConditionalOnBean({CallClock.class, DeadLetterStore.class, MessageObserver.class, ReplayStore.class})
@EnableConfigurationProperties(ReplayProperties.class)
public class ReplayAutoConfiguration {

    @Bean
    ReplayRunner resilienceReplayRunner(
            DeadLetterStore letters,
            ReplayStore replays,
            ObjectProvider<DeadLetterTransport> transports,
            MessageObserver observer,
            ObjectProvider<LetterTraces> traces,
            CallClock clock,
            ReplayProperties properties,
            PropertyOrigins origins) {
        ReplaySchedules schedules =
                new ReplaySchedules(ReplayRules.schedules(properties, origins), letters, replays, clock.clock());
        ReplayParts parts = new ReplayParts(
                letters,
                replays,
                () -> transports.orderedStream().toList(),
                observer,
                traces.getIfUnique(() -> LetterTraces.NONE),
                clock,
                properties,
                UUID.randomUUID().toString());
        return new ReplayRunner(parts, schedules);
    }

    @Bean
    @ConditionalOnMissingBean
    Replays resilienceReplays(DeadLetterStore letters, ReplayStore replays, CallClock clock, ReplayRunner runner) {
        return new Replays(letters, replays, clock.clock(), runner::wake);
    }
}
