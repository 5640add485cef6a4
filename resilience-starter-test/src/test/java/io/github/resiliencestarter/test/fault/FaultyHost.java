package io.github.resiliencestarter.test.fault;

import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.autoconfigure.ResilienceAutoConfiguration;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A host with one annotated method, on virtual time. */
final class FaultyHost {

    static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
            AopAutoConfiguration.class,
            CircuitBreakerAutoConfiguration.class,
            RetryAutoConfiguration.class,
            BulkheadAutoConfiguration.class,
            RateLimiterAutoConfiguration.class,
            ResilienceAutoConfiguration.class,
            ChaosAutoConfiguration.class);

    private FaultyHost() {}

    static ApplicationContextRunner host() {
        return new ApplicationContextRunner()
                .withConfiguration(AUTO_CONFIGURATIONS)
                .withUserConfiguration(Beans.class)
                .withPropertyValues("resilience.defaults.retry.backoff.jitter=0");
    }

    static WebApplicationContextRunner webHost() {
        return new WebApplicationContextRunner()
                .withConfiguration(AUTO_CONFIGURATIONS)
                .withUserConfiguration(Beans.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        Storage storage() {
            return new Storage();
        }

        @Bean
        VirtualTime time() {
            return new VirtualTime();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithFaults {
        @Bean
        CallFaults faults(VirtualTime time) {
            return new CallFaults(time);
        }
    }

    static class Storage {
        private int attempts;

        int attempts() {
            return attempts;
        }

        @ResilientCall(name = "oracleStorage", idempotent = true)
        String upload() throws IOException {
            attempts++;
            return Thread.currentThread().getName();
        }
    }
}
