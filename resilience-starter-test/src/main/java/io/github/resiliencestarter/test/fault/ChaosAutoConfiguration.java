package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.autoconfigure.ResilienceAutoConfiguration;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.Pipelines;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Faults by properties and by request header, and the guard that keeps all faults out of production. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnBean(Pipelines.class)
@EnableConfigurationProperties(ChaosProperties.class)
public class ChaosAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnChaos.class)
    CallFaults resilienceCallFaults(CallClock clock) {
        return new CallFaults(clock);
    }

    /** Nobody asks for it: an application whose beans are lazy would go without the faults, and without the guard. */
    @Bean
    @Lazy(false)
    Chaos resilienceChaos(ChaosProperties properties, Environment environment, ObjectProvider<CallFaults> faults) {
        return new Chaos(properties, environment, faults.getIfAvailable());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Filter.class)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    @ConditionalOnProperty("resilience.chaos.header")
    @Conditional(OnChaos.class)
    static class Header {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        Filter resilienceChaosFilter(ChaosProperties properties, CallFaults faults) {
            return new ChaosFilter(String.valueOf(properties.header()), faults);
        }
    }
}
