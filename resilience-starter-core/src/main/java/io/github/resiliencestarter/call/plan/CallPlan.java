package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.TimeoutSettings.RunsOn;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is decided about a call before its first run: each value with its origin, and which strategies it has.
 * Immutable.
 */
public final class CallPlan {

    private final String name;
    private final Map<String, PlanValue> values;
    private final Set<Strategy> strategies;
    private final Set<String> resilience4jOnly;

    CallPlan(String name, Map<String, PlanValue> values, boolean deadlinesInUse, Set<String> resilience4jOnly) {
        this.name = name;
        this.resilience4jOnly = Set.copyOf(resilience4jOnly);
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.strategies = Collections.unmodifiableSet(decide(deadlinesInUse));
    }

    private Set<Strategy> decide(boolean deadlinesInUse) {
        Set<Strategy> present = EnumSet.of(Strategy.METHOD);
        if (!is("enabled")) {
            return present;
        }
        present.add(Strategy.OBSERVE);
        present.add(Strategy.FALLBACK);
        if (isConfigured("last-known-good.") && is("last-known-good.enabled")) present.add(Strategy.LAST_KNOWN_GOOD);
        if (is("circuit-breaker.enabled")) present.add(Strategy.CIRCUIT_BREAKER);
        if (isConfigured("bulkhead.") && is("bulkhead.enabled")) present.add(Strategy.BULKHEAD);
        if (hedges()) present.add(Strategy.HEDGE);
        if (isConfigured("thread-pool-bulkhead.") && is("thread-pool-bulkhead.enabled")) {
            present.add(Strategy.THREAD_POOL_BULKHEAD);
        }
        if (isConfigured("rate-limiter.") && is("rate-limiter.enabled")) present.add(Strategy.RATE_LIMITER);
        if (is("retry.enabled") && (borrows("retry") || maxAttempts() > 1)) present.add(Strategy.RETRY);
        if (deadlinesInUse) present.addAll(Set.of(Strategy.DEADLINE, Strategy.TIMEOUT));
        return present;
    }

    public String name() {
        return name;
    }

    /** The strategies, outermost first. */
    public List<Strategy> strategies() {
        return List.copyOf(strategies);
    }

    public boolean has(Strategy strategy) {
        return strategies.contains(strategy);
    }

    /** Each key that has a value, in the order of {@link CallSettings}. */
    public Map<String, PlanValue> values() {
        return values;
    }

    public @Nullable PlanValue value(String key) {
        return values.get(key);
    }

    /** Whether some key under the prefix was set by somebody. */
    boolean isConfigured(String prefix) {
        return values.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().startsWith(prefix) && !entry.getValue().isBuiltIn());
    }

    /** Where the first key under the prefix was set that somebody has set. */
    public String originUnder(String prefix) {
        return values.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(prefix) && !entry.getValue().isBuiltIn())
                .map(entry -> entry.getValue().origin())
                .findFirst()
                .orElse(PlanResolver.propertyOf(name));
    }

    /** The value of a key that is built in or was checked to be there. */
    public <T> T get(String key, Class<T> type) {
        return type.cast(Objects.requireNonNull(values.get(key), key).value());
    }

    public <T> @Nullable T find(String key, Class<T> type) {
        PlanValue value = values.get(key);
        return value == null ? null : type.cast(value.value());
    }

    /** Whether the pattern uses a resilience4j instance of another name, as it is. */
    public boolean borrows(String pattern) {
        return values.containsKey(pattern + ".instance");
    }

    private boolean hedges() {
        return isConfigured("hedge.") && is("hedge.enabled");
    }

    private boolean is(String key) {
        return get(key, Boolean.class);
    }

    @SuppressWarnings("unchecked") // the lists of settings hold exception classes, and the linter has checked that
    public List<Class<? extends Throwable>> exceptions(String key) {
        return (List<Class<? extends Throwable>>) get(key, List.class);
    }

    /** Whether the configuration declares the call idempotent, or not; null where it says nothing. */
    public @Nullable Boolean idempotent() {
        return find("idempotent", Boolean.class);
    }

    public int maxAttempts() {
        return is("retry.enabled") ? get("retry.max-attempts", Integer.class) : 1;
    }

    /** Whether resilience4j's own YAML sets this for the call; it is a key that only resilience4j has. */
    public boolean isSetInResilience4j(String key) {
        return resilience4jOnly.contains(key);
    }

    public Backoff backoff() {
        return new Backoff(
                get("retry.backoff.delay", Duration.class),
                get("retry.backoff.multiplier", Double.class),
                get("retry.backoff.max-delay", Duration.class),
                get("retry.backoff.jitter", Double.class));
    }

    /** Whether retries and hedges need a token of a budget. */
    public boolean limitsRetries() {
        boolean addsLoad = has(Strategy.RETRY) || has(Strategy.HEDGE);
        return addsLoad && is("retry-budget.enabled");
    }

    public RetryBudgetSettings retryBudget() {
        return new RetryBudgetSettings(
                is("retry-budget.enabled"),
                get("retry-budget.ratio", Double.class),
                get("retry-budget.min-per-second", Integer.class),
                get("retry-budget.window", Duration.class));
    }

    /** Whether the timeout per attempt follows the latencies of late. */
    public boolean adaptsTimeout() {
        return has(Strategy.TIMEOUT) && isConfigured("timeout.adaptive.");
    }

    /** With the upper bound that is in force. */
    public AdaptiveTimeoutSettings adaptiveTimeout() {
        Duration max = find("timeout.adaptive.max", Duration.class);
        return new AdaptiveTimeoutSettings(
                get("timeout.adaptive.quantile", Double.class),
                get("timeout.adaptive.factor", Double.class),
                get("timeout.adaptive.min", Duration.class),
                max != null ? max : get("timeout.per-attempt", Duration.class));
    }

    /** Whether something is made of the latencies of late. */
    public boolean usesLatencies() {
        return adaptsTimeout()
                || (has(Strategy.HEDGE) && get("hedge.delay", HedgeDelay.class).fixed() == null);
    }

    /** Whether calls made within an attempt of this one leave trying again to it. */
    public boolean suppressesNestedRetries() {
        return has(Strategy.RETRY) && get("nested-retries", NestedRetries.class) == NestedRetries.SUPPRESS;
    }

    /** The longest time of the first attempt; {@link Long#MAX_VALUE} for no limit. */
    public long perAttemptNanos() {
        return nanos("timeout.per-attempt");
    }

    /** The longest time of the whole call; {@link Long#MAX_VALUE} for no limit. */
    public long totalNanos() {
        return nanos("timeout.total");
    }

    private long nanos(String key) {
        Duration duration = find(key, Duration.class);
        return duration == null || duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0
                ? Long.MAX_VALUE
                : duration.toNanos();
    }

    public double timeoutMultiplier() {
        return get("timeout.multiplier", Double.class);
    }

    public boolean runsOnWorker() {
        return get("timeout.runs-on", RunsOn.class) == RunsOn.WORKER;
    }

    @SuppressWarnings("unchecked") // as above
    public @Nullable Class<? extends Throwable> wrapWith() {
        return (Class<? extends Throwable>) find("fallback.wrap-with", Class.class);
    }

    public String failureMessage() {
        return get("fallback.message", String.class);
    }

    public String openMessage() {
        return get("fallback.open-message", String.class);
    }
}
