package io.github.resiliencestarter.call.plan;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One place where keys of a call may be set.
 *
 * @param settings what is set there
 * @param propertyNames the properties that may have set the key, the nearest first
 */
record Layer(LayerKind kind, CallSettings settings, Function<String, List<String>> propertyNames) {

    static Layer under(LayerKind kind, String prefix, CallSettings settings) {
        return new Layer(kind, settings, key -> List.of(prefix + "." + key));
    }

    @Nullable
    PlanValue value(String key, PropertyOrigins origins) {
        Object value = SettingsTree.value(settings, key);
        return value == null ? null : new PlanValue(value, originOf(key, origins), kind);
    }

    private String originOf(String key, PropertyOrigins origins) {
        List<String> names = propertyNames.apply(key);
        for (String name : names) {
            PropertyOrigins.Written written = origins.find(name);
            if (written != null) {
                return written.toString();
            }
        }
        return names.isEmpty() ? PlanValue.BUILT_IN : names.get(0);
    }
}
