package io.github.resiliencestarter.benchmarks.peer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.retry.annotation.EnableRetry;
import org.springframework.retry.backoff.Sleeper;

/** The applications in which the annotated peers live. */
final class Applications {

    private Applications() {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Beans.class)
    static class Host {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class,
                PrometheusMetricsExportAutoConfiguration.class
            })
    @Import(Beans.class)
    static class Bare {}

    /** An application that makes its own registries: resilience4j's Boot module then attaches nothing to them. */
    @Import(Bare.class)
    static class Alone {

        @Bean
        CircuitBreakerRegistry circuitBreakers() {
            return CircuitBreakerRegistry.ofDefaults();
        }

        @Bean
        RetryRegistry retries() {
            return RetryRegistry.ofDefaults();
        }
    }

    @EnableRetry
    @Import({Ours.class, Annotated.class, SpringRetried.class})
    static class Beans {

        /** Spring Retry knows no back-off of less than a millisecond. */
        @Bean
        Sleeper noSleep() {
            return period -> {};
        }
    }
}
