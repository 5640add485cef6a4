package io.github.resiliencestarter.autoconfigure;

import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A host that is started as in production: with listeners, and with failure analyzers for a start that fails. */
final class RealHost {

    private RealHost() {}

    static SpringApplication application(Class<?>... sources) {
        SpringApplication application = new SpringApplication(
                Stream.concat(Stream.of(Application.class), Stream.of(sources)).toArray(Class<?>[]::new));
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    static ConfigurableApplicationContext start(Class<?> source, String... properties) {
        return start(application(source), properties);
    }

    static ConfigurableApplicationContext start(SpringApplication application, String... properties) {
        return application.run(
                Stream.of(properties).map(property -> "--" + property).toArray(String[]::new));
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        CircuitBreakerAutoConfiguration.class,
        RetryAutoConfiguration.class,
        BulkheadAutoConfiguration.class,
        RateLimiterAutoConfiguration.class,
        TimeLimiterAutoConfiguration.class,
        ResilienceAutoConfiguration.class,
        DisabledResilienceAutoConfiguration.class
    })
    static class Application {}
}
