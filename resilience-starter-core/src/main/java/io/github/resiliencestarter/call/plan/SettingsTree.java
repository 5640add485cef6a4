package io.github.resiliencestarter.call.plan;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings records as trees of keys: {@code retry.backoff.max-delay} is the component {@code maxDelay} of {@code backoff}
 * of {@code retry}. Works for every record, so that a new key is a new component and nothing else. Used at start-up only.
 */
public final class SettingsTree {

    private SettingsTree() {}

    /** The keys of the leaves, in the order of the components. */
    public static List<String> keys(Class<? extends Record> type) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = kebab(component.getName());
            if (component.getType().isRecord()) {
                keys(component.getType().asSubclass(Record.class)).forEach(inner -> keys.add(key + "." + inner));
            } else {
                keys.add(key);
            }
        }
        return keys;
    }

    /** The value at the key; null where it, or a record on the way to it, is absent. */
    static @Nullable Object value(@Nullable Record record, String key) {
        if (record == null) {
            return null;
        }
        int dot = key.indexOf('.');
        String first = dot < 0 ? key : key.substring(0, dot);
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (kebab(component.getName()).equals(first)) {
                Object value = read(record, component);
                return dot < 0 ? value : value((Record) value, key.substring(dot + 1));
            }
        }
        throw new IllegalArgumentException(key + " is no key of " + record.getClass());
    }

    /** A record whose leaves are what the function says for their keys. */
    static <R extends Record> R build(Class<R> type, Function<String, @Nullable Object> valueOf) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = kebab(components[i].getName());
            Class<?> componentType = components[i].getType();
            values[i] = componentType.isRecord()
                    ? build(componentType.asSubclass(Record.class), inner -> valueOf.apply(key + "." + inner))
                    : valueOf.apply(key);
        }
        return construct(type, values);
    }

    /** Leaf by leaf the first record that has it. */
    static <R extends Record> R merge(Class<R> type, List<R> nearestFirst) {
        return build(
                type,
                key -> nearestFirst.stream()
                        .map(record -> value(record, key))
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <R extends Record> R construct(Class<R> type, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String kebab(String camelCase) {
        return camelCase.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
