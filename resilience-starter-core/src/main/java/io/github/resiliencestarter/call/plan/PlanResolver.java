package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Resolves the plan of a call, key by key, from the nearest layer that has it: the call itself, the calls that it is
 * based on, resilience4j's own properties, the defaults, and what is built in.
 */
public final class PlanResolver {

    private static final List<String> KEYS = SettingsTree.keys(CallSettings.class);

    private final CallSettings defaults;
    private final Map<String, CallSettings> calls;
    private final Resilience4jLayer resilience4j;
    private final PropertyOrigins origins;
    private final BiFunction<String, Duration, Duration> attemptLimits;
    private final boolean requestsHaveDeadlines;

    public PlanResolver(
            @Nullable CallSettings defaults,
            @Nullable Map<String, CallSettings> calls,
            Binder binder,
            PropertyOrigins origins) {
        this(defaults, calls, binder, origins, (call, configured) -> configured);
    }

    /** @param attemptLimits what the host's code makes of the configured timeout.per-attempt of a call */
    public PlanResolver(
            @Nullable CallSettings defaults,
            @Nullable Map<String, CallSettings> calls,
            Binder binder,
            PropertyOrigins origins,
            BiFunction<String, Duration, Duration> attemptLimits) {
        this.attemptLimits = attemptLimits;
        this.defaults = defaults == null ? CallSettings.none() : defaults;
        this.calls = calls == null ? Map.of() : calls;
        this.resilience4j = new Resilience4jLayer(binder);
        this.origins = origins;
        this.requestsHaveDeadlines =
                binder.bind("resilience.deadline.accept", Boolean.class).orElse(false);
    }

    /** The names under {@code resilience.calls}. */
    public Set<String> configuredNames() {
        return calls.keySet();
    }

    /** The names that other calls are based on. */
    public Set<String> basesInUse() {
        return calls.values().stream()
                .map(CallSettings::basedOn)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /**
     * The plan of this call.
     *
     * @throws ResilienceConfigurationException if it is based on a call that does not exist, or on itself
     */
    public CallPlan resolve(String name) {
        List<Layer> layers = layers(name);
        Map<String, PlanValue> values = new LinkedHashMap<>();
        for (String key : KEYS) {
            for (Layer layer : layers) {
                PlanValue value = layer.value(key, origins);
                if (value != null) {
                    values.put(key, value);
                    break;
                }
            }
        }
        values.computeIfPresent("timeout.per-attempt", (key, configured) -> byCode(name, configured));
        return new CallPlan(name, values, deadlinesInUse(), resilience4j.keysOfItsOwn(name, origins));
    }

    private PlanValue byCode(String name, PlanValue configured) {
        Duration limit = attemptLimits.apply(name, (Duration) configured.value());
        return limit.equals(configured.value())
                ? configured
                : new PlanValue(limit, "TimeLimiterConfigCustomizer of '" + name + "'", configured.layer());
    }

    private List<Layer> layers(String name) {
        List<Layer> layers = new ArrayList<>();
        for (String each : chain(name)) {
            CallSettings settings = calls.get(each);
            if (settings != null) {
                LayerKind kind = each.equals(name) ? LayerKind.CALL : LayerKind.BASED_ON;
                layers.add(Layer.under(kind, propertyOf(each), settings));
            }
        }
        layers.add(resilience4j.of(name));
        layers.add(Layer.under(LayerKind.DEFAULTS, "resilience.defaults", defaults));
        layers.add(new Layer(LayerKind.BUILT_IN, BuiltIn.SETTINGS, key -> List.of()));
        return layers;
    }

    /** The call and what it is based on, the nearest first. */
    private Set<String> chain(String name) {
        Set<String> chain = new LinkedHashSet<>();
        String each = name;
        while (each != null) {
            if (!chain.add(each)) {
                throw problem(
                        name,
                        "is based on itself: " + String.join(" -> ", chain) + " -> " + each,
                        "Remove one of these based-on");
            }
            CallSettings settings = calls.get(each);
            String base = settings == null ? null : settings.basedOn();
            if (base != null && !calls.containsKey(base)) {
                throw problem(
                        each,
                        "'" + base + "' is no entry of resilience.calls",
                        Suggestion.didYouMean(base, calls.keySet(), "Name one of " + calls.keySet()));
            }
            each = base;
        }
        return chain;
    }

    private ResilienceConfigurationException problem(String call, String what, String remedy) {
        String property = propertyOf(call) + ".based-on";
        PropertyOrigins.Written written = origins.find(property);
        String where = written == null ? property : written.toString();
        return new ResilienceConfigurationException(List.of(new Problem(where, what, remedy)));
    }

    /** As soon as any call or request has a limit, every call can be nested in it and must keep to what is left of it. */
    private boolean deadlinesInUse() {
        return requestsHaveDeadlines
                || hasTimeout(defaults)
                || calls.values().stream().anyMatch(PlanResolver::hasTimeout)
                || resilience4j.hasTimeLimiters();
    }

    private static boolean hasTimeout(CallSettings settings) {
        TimeoutSettings timeout = settings.timeout();
        return timeout != null
                && (timeout.perAttempt() != null || timeout.total() != null || adapts(timeout.adaptive()));
    }

    private static boolean adapts(@Nullable AdaptiveTimeoutSettings adaptive) {
        return adaptive != null && !adaptive.equals(new AdaptiveTimeoutSettings(null, null, null, null));
    }

    /** The property under which a call is configured; a name with a dot in it needs brackets. */
    public static String propertyOf(String call) {
        return call.indexOf('.') < 0 ? "resilience.calls." + call : "resilience.calls[" + call + "]";
    }
}
