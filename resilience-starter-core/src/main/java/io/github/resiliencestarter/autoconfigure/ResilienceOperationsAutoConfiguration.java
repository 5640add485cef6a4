package io.github.resiliencestarter.autoconfigure;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.operations.CallLog;
import io.github.resiliencestarter.operations.PublishedCalls;
import io.github.resiliencestarter.operations.ResilienceEvents;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** What every application sees of its calls, whatever libraries it has: log and events. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnBean(Pipelines.class)
public class ResilienceOperationsAutoConfiguration {

    @Bean
    @Order(0)
    CallObserver.Factory resilienceCallLog() {
        return CallLog.factory();
    }

    @Bean
    ResilienceEvents resilienceEvents(ApplicationContext context, CallClock clock) {
        return new ResilienceEvents(context, clock.clock());
    }

    @Bean
    @Order(2)
    PublishedCalls resiliencePublishedCalls(ResilienceEvents events, CircuitBreakerRegistry circuitBreakers) {
        return new PublishedCalls(events, circuitBreakers);
    }
}
