package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.Registry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.retry.Retry;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.PlanResolver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes resilience4j's objects for a plan, in resilience4j's own registries, so that its metrics, events and endpoints
 * see them. An instance that its YAML has already made is the base, and its refinement takes its place.
 */
final class Resilience4jParts {

    private final Resilience4jRegistries registries;
    private final BreakerTime breakerTime;

    Resilience4jParts(Resilience4jRegistries registries, CallClock clock) {
        this.registries = registries;
        this.breakerTime = new BreakerTime(clock);
    }

    @Nullable
    CircuitBreaker circuitBreaker(CallPlan plan) {
        var registry = registries.circuitBreakers();
        var customizer = registries.circuitBreakerCustomizers().getCustomizer(plan.name());
        if (!plan.has(Strategy.CIRCUIT_BREAKER)) {
            return null;
        }
        CircuitBreaker breaker = make(
                registry,
                plan,
                "circuit-breaker",
                CircuitBreaker::getCircuitBreakerConfig,
                base -> CircuitBreakerConfigs.of(plan, base, customizer),
                config -> breakerTime.make(config, own -> registry.circuitBreaker(plan.name(), own)));
        return breakerTime.adopt(breaker, registry);
    }

    @Nullable
    Retry retry(CallPlan plan) {
        var registry = registries.retries();
        var customizer = registries.retryCustomizers().getCustomizer(plan.name());
        return !plan.has(Strategy.RETRY)
                ? null
                : make(
                        registry,
                        plan,
                        "retry",
                        Retry::getRetryConfig,
                        base -> RetryConfigs.of(plan, base, customizer),
                        config -> registry.retry(plan.name(), config));
    }

    @Nullable
    Bulkhead bulkhead(CallPlan plan) {
        var registry = registries.bulkheads();
        var customizer = registries.bulkheadCustomizers().getCustomizer(plan.name());
        return !plan.has(Strategy.BULKHEAD)
                ? null
                : make(
                        registry,
                        plan,
                        "bulkhead",
                        Bulkhead::getBulkheadConfig,
                        base -> LimitConfigs.bulkhead(plan, base, customizer),
                        config -> registry.bulkhead(plan.name(), config));
    }

    @Nullable
    ThreadPoolBulkhead threadPool(CallPlan plan) {
        var registry = registries.threadPools();
        var customizer = registries.threadPoolCustomizers().getCustomizer(plan.name());
        return !plan.has(Strategy.THREAD_POOL_BULKHEAD)
                ? null
                : make(
                        registry,
                        plan,
                        "thread-pool-bulkhead",
                        ThreadPoolBulkhead::getBulkheadConfig,
                        base -> ThreadPoolConfigs.of(plan, base, customizer),
                        config -> registry.bulkhead(plan.name(), config));
    }

    @Nullable
    RateLimiter rateLimiter(CallPlan plan) {
        var registry = registries.rateLimiters();
        var customizer = registries.rateLimiterCustomizers().getCustomizer(plan.name());
        return !plan.has(Strategy.RATE_LIMITER)
                ? null
                : make(
                        registry,
                        plan,
                        "rate-limiter",
                        RateLimiter::getRateLimiterConfig,
                        base -> LimitConfigs.rateLimiter(plan, base, customizer),
                        config -> registry.rateLimiter(plan.name(), config));
    }

    private static <E, C> E make(
            Registry<E, C> registry,
            CallPlan plan,
            String pattern,
            Function<E, C> configOf,
            UnaryOperator<C> refine,
            Function<C, E> create) {
        if (plan.borrows(pattern)) {
            String instance = plan.get(pattern + ".instance", String.class);
            return registry.find(instance).orElseThrow(() -> noSuchInstance(plan, pattern, instance));
        }
        Optional<E> existing = registry.find(plan.name());
        C config = refine.apply(existing.map(configOf).orElseGet(registry::getDefaultConfig));
        if (existing.isPresent()) {
            registry.remove(plan.name()).ifPresent(Resilience4jParts::close);
        }
        return create.apply(config);
    }

    /** A thread pool that another one takes the place of must not keep its threads. */
    private static void close(Object replaced) {
        if (replaced instanceof ThreadPoolBulkhead pool) {
            try {
                pool.close();
            } catch (Exception unclosed) {
                throw new IllegalStateException("Cannot close the thread pool '" + pool.getName() + "'", unclosed);
            }
        }
    }

    private static ResilienceConfigurationException noSuchInstance(CallPlan plan, String pattern, String instance) {
        String key = pattern + ".instance";
        boolean hyphens = pattern.equals("thread-pool-bulkhead");
        String section = "resilience4j." + (hyphens ? pattern : pattern.replace("-", "")) + ".instances";
        var value = plan.value(key);
        String where = value == null ? PlanResolver.propertyOf(plan.name()) + "." + key : value.origin();
        return new ResilienceConfigurationException(List.of(new Problem(
                where,
                "there is no resilience4j instance '" + instance + "'",
                "Configure " + section + "." + instance + ", or remove " + key)));
    }
}
