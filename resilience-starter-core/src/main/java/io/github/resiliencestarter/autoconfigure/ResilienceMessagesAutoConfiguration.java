package io.github.resiliencestarter.autoconfigure;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.Breakers;
import io.github.resiliencestarter.operations.PublishedMessages;
import io.github.resiliencestarter.operations.ResilienceEvents;
import io.github.resiliencestarter.operations.messages.MessageLog;
import io.github.resiliencestarter.operations.messages.PausedConsumers;
import java.util.Arrays;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

/** Who is told what becomes of messages, whatever broker they are from: log, events, and whoever else observes. */
@AutoConfiguration(after = ResilienceOperationsAutoConfiguration.class)
@ConditionalOnBean(ResilienceEvents.class)
public class ResilienceMessagesAutoConfiguration {

    private static final String OBSERVER = "resilienceMessageObserver";

    /** The one that is told, and tells all others. */
    @Bean(OBSERVER)
    @Primary
    MessageObserver resilienceMessageObserver(ListableBeanFactory beans) {
        return MessageObserver.all(Arrays.stream(beans.getBeanNamesForType(MessageObserver.class, true, false))
                .filter(name -> !name.equals(OBSERVER))
                .map(name -> beans.getBean(name, MessageObserver.class))
                .toList());
    }

    @Bean
    MessageLog resilienceMessageLog(CallClock clock) {
        return new MessageLog(clock);
    }

    @Bean
    PausedConsumers resiliencePausedConsumers() {
        return new PausedConsumers();
    }

    /** Made for who waits for a circuit breaker, because it listens to each of them: without consumers of messages nobody does. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @ConditionalOnBean(CircuitBreakerRegistry.class)
    Breakers resilienceMessagingBreakers(CircuitBreakerRegistry registry) {
        return new Breakers(registry);
    }

    @Bean
    PublishedMessages resiliencePublishedMessages(ResilienceEvents events) {
        return new PublishedMessages(events);
    }
}
