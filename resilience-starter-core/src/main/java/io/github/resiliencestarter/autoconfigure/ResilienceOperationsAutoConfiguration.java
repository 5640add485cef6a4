package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.operations.CallLog;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
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
}
