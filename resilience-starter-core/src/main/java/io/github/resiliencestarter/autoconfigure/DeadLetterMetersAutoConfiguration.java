package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.DaemonThreads;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.UnparkedLetters;
import io.github.resiliencestarter.operations.messages.DeadLetterGauges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Gauges of parked letters, where there are a store and a meter registry. */
@AutoConfiguration(after = {ResilienceMessageMetersAutoConfiguration.class, DeadLetterStoreAutoConfiguration.class})
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({CallClock.class, DeadLetterStore.class, MeterRegistry.class})
public class DeadLetterMetersAutoConfiguration {

    @Bean
    DeadLetterGauges resilienceDeadLetterGauges(
            DeadLetterStore store,
            ObjectProvider<UnparkedLetters> unparked,
            CallClock clock,
            ObjectProvider<MeterRegistry> registry) {
        return new DeadLetterGauges(
                store,
                () -> unparked.orderedStream().toList(),
                clock,
                DeadLetterMetersAutoConfiguration::inBackground,
                () -> registry.getIfUnique(() -> Metrics.globalRegistry));
    }

    /** A thread for some milliseconds every half a minute, rather than one that waits all the time. */
    private static void inBackground(Runnable count) {
        DaemonThreads.start("resilience-letter-census", count);
    }
}
