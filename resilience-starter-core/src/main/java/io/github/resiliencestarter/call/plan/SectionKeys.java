package io.github.resiliencestarter.call.plan;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * The keys of the sections beside the calls, as the records have them that they are bound to: those of a broker are in its module,
 * which is not known here. A section that nobody reads is left alone, for one file may be written for several services. Not
 * thread-safe.
 */
public final class SectionKeys {

    private final List<PropertyKey> sections = new ArrayList<>();
    private final List<PropertyKey> keys = new ArrayList<>();

    /** A section of ours: what the record does not have is a mistake, but for the names in its maps, which the user gives. */
    public void add(String prefix, Class<? extends Record> type) {
        if (!UnknownKeysRule.covers(prefix)) {
            PropertyKey section = PropertyKey.of(prefix);
            sections.add(section);
            add(section, type);
        }
    }

    /** Keys of somebody else, perhaps below a section of ours. */
    public void addForeign(String prefix) {
        keys.add(PropertyKey.of(prefix).then(PropertyKey.ANYTHING));
    }

    private void add(PropertyKey section, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            PropertyKey key = section.then(SettingsTree.kebab(component.getName()));
            ResolvableType value = ResolvableType.forType(component.getGenericType());
            if (value.toClass().isRecord()) {
                add(key, value.toClass());
            } else if (value.toClass() == Map.class
                    && value.getGeneric(1).toClass().isRecord()) {
                add(key.then(PropertyKey.NAME), value.getGeneric(1).toClass());
            } else {
                keys.add(value.toClass() == Map.class ? key.then(PropertyKey.ANYTHING) : key);
            }
        }
    }

    /** Not those of variables: {@code RESILIENCE_KAFKA_SERVICE_HOST} is set by Kubernetes for a service of that name. */
    public void check(PropertyOrigins origins, Findings findings) {
        for (PropertyOrigins.Written written : origins.all()) {
            PropertyKey key = PropertyKey.of(written.name());
            if (written.exact()
                    && sections.stream().anyMatch(key::isBelow)
                    && keys.stream().noneMatch(key::belongsTo)) {
                findings.error(written.toString(), "there is no such key", remedy(key));
            }
        }
    }

    private String remedy(PropertyKey written) {
        String name = first(keys.stream().map(written::nameWithDots));
        if (name != null) {
            return "If the name is '" + name + "', write \"[" + name + "]\", with brackets and quotes";
        }
        PropertyKey section =
                sections.stream().filter(written::isBelow).findFirst().orElseThrow();
        String before = section + ".";
        List<String> known = keys.stream()
                .filter(key -> key.isBelow(section))
                .map(key -> key.withNamesOf(written).toString().substring(before.length()))
                .toList();
        String nearest = Suggestion.nearest(written.toString().substring(before.length()), known);
        return nearest == null
                ? "Remove it, or see the configuration reference for the keys"
                : "Did you mean '" + before + nearest + "'?";
    }

    private static @Nullable String first(Stream<@Nullable String> names) {
        return names.filter(Objects::nonNull).findFirst().orElse(null);
    }
}
