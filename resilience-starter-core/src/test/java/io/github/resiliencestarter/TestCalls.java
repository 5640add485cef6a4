package io.github.resiliencestarter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resiliencestarter.call.AttemptDecorator;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.ProgrammaticCalls;
import io.github.resiliencestarter.call.Resilience4jRegistries;
import io.github.resiliencestarter.call.WorkerThreads;
import io.github.resiliencestarter.call.outcome.ConnectionOutcomes;
import io.github.resiliencestarter.call.outcome.Outcomes;
import io.github.resiliencestarter.call.plan.CallSettings;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PlanRules;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Pipelines from properties, without an application around them, on virtual time. */
public final class TestCalls {

    public final VirtualTime time = new VirtualTime();
    public final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    public final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    public final ThreadPoolBulkheadRegistry threadPools = ThreadPoolBulkheadRegistry.ofDefaults();
    public final RateLimiterRegistry rateLimiters = RateLimiterRegistry.ofDefaults();
    public final RetryRegistry retries = RetryRegistry.ofDefaults();
    private final Pipelines pipelines;

    private TestCalls(
            Map<String, Object> properties,
            List<CallObserver.Factory> observers,
            @Nullable AttemptDecorator decorator,
            List<OutcomeClassifier> classifiers) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        Binder binder = Binder.get(environment);
        PlanResolver plans = new PlanResolver(
                binder.bind("resilience.defaults", CallSettings.class).orElse(null),
                binder.bind("resilience.calls", Bindable.mapOf(String.class, CallSettings.class))
                        .orElse(null),
                binder,
                new PropertyOrigins(environment));
        Resilience4jRegistries registries = new Resilience4jRegistries(
                breakers,
                retries,
                bulkheads,
                threadPools,
                rateLimiters,
                new CompositeCustomizer<>(List.of()),
                new CompositeCustomizer<>(List.of()),
                new CompositeCustomizer<>(List.of()),
                new CompositeCustomizer<>(List.of()),
                new CompositeCustomizer<>(List.of()));
        WorkerThreads workers = new WorkerThreads(4, UnaryOperator.identity(), () -> false);
        // Asynchronous calls go on at once on the thread that lets time go on: a test with one thread comes to its end.
        this.pipelines = new Pipelines(
                plans,
                new PlanRules(),
                registries,
                new Outcomes(classifiers),
                time,
                workers,
                observers,
                Runnable::run,
                decorator);
    }

    /** From lines such as {@code "resilience.calls.remote.retry.max-attempts=2"}; a bare key belongs to {@code remote}. */
    public static TestCalls with(String... properties) {
        return with(List.of(), properties);
    }

    public static TestCalls with(List<CallObserver.Factory> observers, String... properties) {
        return with(observers, null, List.of(), properties);
    }

    public static TestCalls with(AttemptDecorator decorator, String... properties) {
        return with(List.of(), decorator, List.of(), properties);
    }

    /** Only this one says what an attempt has done. */
    public static TestCalls with(OutcomeClassifier classifier, String... properties) {
        return with(List.of(), classifier, properties);
    }

    public static TestCalls with(
            List<CallObserver.Factory> observers, OutcomeClassifier classifier, String... properties) {
        return with(observers, null, List.of(classifier), properties);
    }

    private static TestCalls with(
            List<CallObserver.Factory> observers,
            @Nullable AttemptDecorator decorator,
            List<OutcomeClassifier> classifiers,
            String... properties) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("resilience.defaults.retry.backoff.jitter", "0");
        // Most tests are about retries of whatever the remote throws.
        map.put("resilience.defaults.idempotent", "true");
        for (String property : properties) {
            String[] keyAndValue = property.split("=", 2);
            boolean full = keyAndValue[0].startsWith("resilience");
            map.put(full ? keyAndValue[0] : "resilience.calls.remote." + keyAndValue[0], keyAndValue[1]);
        }
        List<OutcomeClassifier> catalogue = List.of(new ConnectionOutcomes());
        return new TestCalls(map, observers, decorator, classifiers.isEmpty() ? catalogue : classifiers);
    }

    public ProtectedCall call(String name) {
        return new ProgrammaticCalls(pipelines).call(name);
    }

    /** The call named {@code remote}. */
    public ProtectedCall remote() {
        return call("remote");
    }

    public Pipeline pipeline(String name) {
        return pipelines.get(name);
    }

    public Pipeline pipeline() {
        return pipeline("remote");
    }

    public CircuitBreaker breaker() {
        return pipeline().circuitBreaker();
    }

    /** Runs what must fail, and returns what it threw. */
    public static Throwable fails(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("it was expected to fail").isNotNull();
        return thrown;
    }

    /** What a future has failed with, just as it was given to it. */
    public static Throwable failureOf(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        future.whenComplete((value, thrown) -> failure.set(thrown));
        return failure.get();
    }
}
