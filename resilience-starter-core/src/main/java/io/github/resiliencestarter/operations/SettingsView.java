package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.PlanValue;
import io.github.resiliencestarter.call.plan.Text;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A plan for reading: the strategies outermost first, each with its settings, each setting with its value and where it was
 * written. Values are what every JSON library writes the same way: numbers, booleans, texts and lists of texts.
 */
final class SettingsView {

    private SettingsView() {}

    /** The strategies of the plan with their settings, outermost first. */
    static List<Map<String, Object>> strategies(CallPlan plan) {
        return plan.strategies().stream()
                .map(strategy -> strategy(strategy, plan))
                .toList();
    }

    /** The settings that are about the call as a whole. */
    static Map<String, Object> ofCall(CallPlan plan) {
        return settings(plan, key -> key.indexOf('.') < 0);
    }

    private static Map<String, Object> strategy(Strategy strategy, CallPlan plan) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("strategy", strategy.label());
        Map<String, Object> settings = settings(plan, key -> isInForce(strategy, key, plan));
        if (!settings.isEmpty()) {
            view.put("settings", settings);
        }
        return view;
    }

    private static boolean isInForce(Strategy strategy, String key, CallPlan plan) {
        return switch (strategy) {
            case OBSERVE, METHOD -> false;
            case FALLBACK -> key.startsWith("fallback.");
            case LAST_KNOWN_GOOD -> isInForce("last-known-good", key, plan);
            case CIRCUIT_BREAKER -> isInForce("circuit-breaker", key, plan);
            case BULKHEAD -> isInForce("bulkhead", key, plan);
            case DEADLINE -> key.equals("timeout.total");
            case RETRY ->
                isInForce("retry", key, plan) || key.startsWith("retry-budget.") || key.startsWith("retry-after.");
            case HEDGE -> isInForce("hedge", key, plan);
            case RATE_LIMITER -> isInForce("rate-limiter", key, plan);
            case THREAD_POOL_BULKHEAD -> isInForce("thread-pool-bulkhead", key, plan);
            case TIMEOUT -> isOfTimeout(key, plan);
        };
    }

    private static boolean isOfTimeout(String key, CallPlan plan) {
        return key.startsWith("timeout.adaptive.")
                ? plan.adaptsTimeout()
                : key.startsWith("timeout.") && !key.equals("timeout.total");
    }

    /** Of a pattern that borrows an instance of resilience4j only that is in force: the rest is the instance's own. */
    private static boolean isInForce(String pattern, String key, CallPlan plan) {
        return key.startsWith(pattern + ".")
                && (!plan.borrows(pattern) || key.equals(pattern + ".instance") || key.equals(pattern + ".enabled"));
    }

    private static Map<String, Object> settings(CallPlan plan, Predicate<String> keys) {
        Map<String, Object> settings = new LinkedHashMap<>();
        plan.values().forEach((key, value) -> {
            if (keys.test(key)) {
                settings.put(key, setting(value));
            }
        });
        return settings;
    }

    private static Map<String, Object> setting(PlanValue value) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("value", plain(value.value()));
        view.put("origin", value.origin());
        return view;
    }

    private static Object plain(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Text::of).toList();
        }
        return Text.of(value);
    }
}
