package io.github.resiliencestarter.call.plan;

import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * What {@code resilience4j.*} says about a call: an instance of the call's name is the base that {@code
 * resilience.calls.<name>} refines. Breaker and retry, which every call has, also take resilience4j's {@code
 * configs.default}; the others are only on for a call that has an instance.
 */
final class Resilience4jLayer {

    private static final Set<String> KEYS_OF_ITS_OWN = Set.of(
            "retry.retry-exception-predicate",
            "retry.interval-bi-function",
            "circuit-breaker.writable-stack-trace-enabled",
            "bulkhead.writable-stack-trace-enabled",
            "thread-pool-bulkhead.writable-stack-trace-enabled",
            "rate-limiter.writable-stack-trace-enabled");

    private final Resilience4jYaml<CircuitBreakerSettings> circuitBreakers;
    private final Resilience4jYaml<Resilience4jRetry> retries;
    private final Resilience4jYaml<BulkheadSettings> bulkheads;
    private final Resilience4jYaml<ThreadPoolBulkheadSettings> threadPools;
    private final Resilience4jYaml<RateLimiterSettings> rateLimiters;
    private final Resilience4jYaml<Resilience4jTimeLimiter> timeLimiters;

    Resilience4jLayer(Binder binder) {
        this.circuitBreakers = new Resilience4jYaml<>(binder, "circuitbreaker", CircuitBreakerSettings.class);
        this.retries = new Resilience4jYaml<>(binder, "retry", Resilience4jRetry.class);
        this.bulkheads = new Resilience4jYaml<>(binder, "bulkhead", BulkheadSettings.class);
        this.threadPools = new Resilience4jYaml<>(binder, "thread-pool-bulkhead", ThreadPoolBulkheadSettings.class);
        this.rateLimiters = new Resilience4jYaml<>(binder, "ratelimiter", RateLimiterSettings.class);
        this.timeLimiters = new Resilience4jYaml<>(binder, "timelimiter", Resilience4jTimeLimiter.class);
    }

    Layer of(String name) {
        Resilience4jRetry retry = retries.settings(name);
        CallSettings settings = new CallSettings(
                null,
                null,
                null,
                timeout(name),
                retry == null ? null : retry.toSettings(),
                null,
                null,
                null,
                null,
                circuitBreakers.settings(name),
                bulkheads.hasInstance(name) ? bulkheads.settings(name) : null,
                threadPools.hasInstance(name) ? threadPool(name) : null,
                rateLimiters.hasInstance(name) ? rateLimiters.settings(name) : null,
                null,
                null,
                null);
        return new Layer(LayerKind.RESILIENCE4J, settings, key -> propertyNames(name, key));
    }

    /** The keys that only resilience4j has, and that are set for this call. */
    Set<String> keysOfItsOwn(String name, PropertyOrigins origins) {
        return KEYS_OF_ITS_OWN.stream()
                .filter(key -> propertyNames(name, key).stream().anyMatch(property -> origins.find(property) != null))
                .collect(Collectors.toSet());
    }

    boolean hasTimeLimiters() {
        return timeLimiters.hasInstances();
    }

    /** Where its YAML is silent resilience4j has other values than we, and who has it there expects those. */
    private ThreadPoolBulkheadSettings threadPool(String name) {
        ThreadPoolBulkheadConfig silent = ThreadPoolBulkheadConfig.ofDefaults();
        ThreadPoolBulkheadSettings theirs = new ThreadPoolBulkheadSettings(
                null,
                null,
                silent.getMaxThreadPoolSize(),
                silent.getCoreThreadPoolSize(),
                silent.getQueueCapacity(),
                silent.getKeepAliveDuration());
        ThreadPoolBulkheadSettings set = Objects.requireNonNull(threadPools.settings(name));
        return SettingsTree.merge(ThreadPoolBulkheadSettings.class, List.of(set, theirs));
    }

    private @Nullable TimeoutSettings timeout(String name) {
        Resilience4jTimeLimiter limiter = timeLimiters.hasInstance(name) ? timeLimiters.settings(name) : null;
        return limiter == null ? null : new TimeoutSettings(limiter.timeoutDuration(), null, null, null, null);
    }

    private List<String> propertyNames(String name, String key) {
        String pattern = key.substring(0, Math.max(0, key.indexOf('.')));
        String inner = key.substring(key.indexOf('.') + 1);
        return switch (pattern) {
            case "circuit-breaker" -> circuitBreakers.propertyNames(name, inner);
            case "retry" ->
                Resilience4jRetry.theirKeys(inner).stream()
                        .flatMap(theirs -> retries.propertyNames(name, theirs).stream())
                        .toList();
            case "bulkhead" -> bulkheads.propertyNames(name, inner);
            case "thread-pool-bulkhead" -> threadPools.propertyNames(name, inner);
            case "rate-limiter" -> rateLimiters.propertyNames(name, inner);
            case "timeout" -> timeLimiters.propertyNames(name, "timeout-duration");
            default -> List.of();
        };
    }
}
