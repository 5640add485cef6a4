package io.github.resiliencestarter.call.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;

/**
 * The instances and shared configs of one pattern under {@code resilience4j.<pattern>}, in resilience4j's own order of
 * precedence: the instance, then its {@code base-config} and what that is based on, or else the config of the same name,
 * or else the config {@code default}.
 */
final class Resilience4jYaml<S extends Record> {

    /** The key of an instance that is not a setting. */
    record Links(@Nullable String baseConfig) {}

    private static final String DEFAULT = "default";

    private final String prefix;
    private final Class<S> type;
    private final Map<String, S> instances;
    private final Map<String, S> configs;
    private final Map<String, Links> links = new HashMap<>();

    Resilience4jYaml(Binder binder, String pattern, Class<S> type) {
        this.prefix = "resilience4j." + pattern + ".";
        this.type = type;
        this.instances = new HashMap<>(bind(binder, "backends", type));
        this.instances.putAll(bind(binder, "instances", type));
        this.configs = bind(binder, "configs", type);
        bind(binder, "configs", Links.class).forEach((name, link) -> links.put(config(name), link));
        bind(binder, "backends", Links.class).forEach((name, link) -> links.put(backend(name), link));
        bind(binder, "instances", Links.class).forEach((name, link) -> links.put(instance(name), link));
    }

    private <T> Map<String, T> bind(Binder binder, String section, Class<T> to) {
        Bindable<Map<String, T>> map = Bindable.of(ResolvableType.forClassWithGenerics(Map.class, String.class, to));
        return binder.bind(prefix + section, map).orElse(Map.of());
    }

    boolean hasInstances() {
        return !instances.isEmpty();
    }

    boolean hasInstance(String name) {
        return instances.containsKey(name);
    }

    /** What is set for this name, merged; null if nothing is. */
    @Nullable
    S settings(String name) {
        List<S> nearestFirst = new ArrayList<>();
        if (instances.containsKey(name)) {
            nearestFirst.add(instances.get(name));
        }
        configChain(name).forEach(config -> nearestFirst.add(configs.get(config)));
        return nearestFirst.isEmpty() ? null : SettingsTree.merge(type, nearestFirst);
    }

    /** The properties that may hold a key of this name, the nearest first. */
    List<String> propertyNames(String name, String key) {
        List<String> names = new ArrayList<>();
        names.add(instance(name) + "." + key);
        names.add(backend(name) + "." + key);
        configChain(name).forEach(config -> names.add(config(config) + "." + key));
        return names;
    }

    private List<String> configChain(String name) {
        List<String> chain = new ArrayList<>();
        String base = baseOf(instance(name), backend(name));
        if (base == null) {
            base = configs.containsKey(name) ? name : DEFAULT;
        }
        while (base != null && configs.containsKey(base) && !chain.contains(base)) {
            chain.add(base);
            base = baseOf(config(base));
        }
        return chain;
    }

    private @Nullable String baseOf(String... sections) {
        for (String section : sections) {
            Links link = links.get(section);
            if (link != null && link.baseConfig() != null) {
                return link.baseConfig();
            }
        }
        return null;
    }

    private String instance(String name) {
        return prefix + "instances." + name;
    }

    private String backend(String name) {
        return prefix + "backends." + name;
    }

    private String config(String name) {
        return prefix + "configs." + name;
    }
}
