package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.plan.SettingsTree;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to write instead of a value that cannot be converted, by the type that it should have. */
final class BindingRemedy {

    private BindingRemedy() {}

    static @Nullable String of(UnusableValue unusable) {
        Class<?> type = unusable.type();
        if ("".equals(unusable.value()) && (type.isRecord() || Map.class.isAssignableFrom(type))) {
            return "Nothing stands under it: write a key there, or remove it.";
        }
        if (type == Duration.class) {
            return "Use a duration such as 500ms, 2s or 1m.";
        }
        if (type == Class.class) {
            return "There is no class " + unusable.value() + " on the class path: check its spelling and its package.";
        }
        if (type == Boolean.class) {
            return "Use true or false.";
        }
        if (type == Double.class || type == Float.class) {
            return "Use a number such as 0.5.";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "Use a whole number such as 3.";
        }
        if (type.isEnum()) {
            return "Use one of " + constants(type) + ".";
        }
        return type.isRecord()
                ? "This is a section, not a value; its keys are "
                        + String.join(", ", SettingsTree.keys(type.asSubclass(Record.class))) + "."
                : null;
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
    }
}
