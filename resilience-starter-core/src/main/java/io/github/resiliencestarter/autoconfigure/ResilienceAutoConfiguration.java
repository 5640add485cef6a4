package io.github.resiliencestarter.autoconfigure;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.call.AttemptDecorator;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.Continuations;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.ProgrammaticCalls;
import io.github.resiliencestarter.call.Resilience4jRegistries;
import io.github.resiliencestarter.call.Workers;
import io.github.resiliencestarter.call.outcome.Outcomes;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PlanRules;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.messaging.replay.ReplayProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The pipelines of calls, on top of the resilience4j registries that its own module for this Boot line configures. */
@AutoConfiguration(
        afterName = {
            "io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
            "io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration",
            "io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration",
            "io.github.resilience4j.springboot3.ratelimiter.autoconfigure.RateLimiterAutoConfiguration",
            "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
            "io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration",
            "io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
            "io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration"
        })
@ConditionalOnClass(CircuitBreakerRegistry.class)
@Conditional(ResilienceSwitch.On.class)
@EnableConfigurationProperties({ResilienceProperties.class, DeadLetterProperties.class, ReplayProperties.class})
@Import({ProxyConfiguration.class, OutcomesConfiguration.class})
public class ResilienceAutoConfiguration {

    @Bean
    PropertyOrigins resiliencePropertyOrigins(Environment environment) {
        return new PropertyOrigins(environment);
    }

    @Bean
    PlanResolver resiliencePlanResolver(
            ResilienceProperties properties,
            Environment environment,
            PropertyOrigins origins,
            Resilience4jCustomizers customizers) {
        return new PlanResolver(
                properties.defaults(), properties.calls(), Binder.get(environment), origins, customizers::attemptLimit);
    }

    @Bean
    @ConditionalOnMissingBean
    CallClock resilienceCallClock() {
        return CallClock.system();
    }

    @Bean
    @ConditionalOnMissingBean
    Continuations resilienceContinuations(ConfigurableListableBeanFactory beans) {
        return new CallContext(beans);
    }

    @Bean
    @ConditionalOnMissingBean
    Workers resilienceWorkers(ResilienceProperties properties, Continuations continuations) {
        return WorkerContext.workers(properties.workers().maxThreads(), continuations);
    }

    @Bean
    Resilience4jRegistries resilience4jRegistries(
            CircuitBreakerRegistry circuitBreakers,
            RetryRegistry retries,
            BulkheadRegistry bulkheads,
            ThreadPoolBulkheadRegistry threadPools,
            RateLimiterRegistry rateLimiters,
            Resilience4jCustomizers customizers) {
        return customizers.with(circuitBreakers, retries, bulkheads, threadPools, rateLimiters);
    }

    @Bean
    Resilience4jCustomizers resilience4jCustomizers(ConfigurableListableBeanFactory beans) {
        return new Resilience4jCustomizers(beans);
    }

    @Bean
    Pipelines resiliencePipelines(
            PlanResolver plans,
            Resilience4jRegistries registries,
            Outcomes outcomes,
            CallClock clock,
            Workers workers,
            ObjectProvider<CallObserver.Factory> observers,
            Continuations continuations,
            ObjectProvider<AttemptDecorator> decorator) {
        return new Pipelines(
                plans,
                new PlanRules(),
                registries,
                outcomes,
                clock,
                workers,
                observers.orderedStream().toList(),
                continuations,
                decorator.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    ResilientCalls resilientCalls(Pipelines pipelines) {
        return new ProgrammaticCalls(pipelines);
    }
}
