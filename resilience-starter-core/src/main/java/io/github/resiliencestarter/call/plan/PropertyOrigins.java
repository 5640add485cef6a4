package io.github.resiliencestarter.call.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Where the properties of {@code resilience} and {@code resilience4j} were written down. Read once, at start-up. */
public final class PropertyOrigins {

    /**
     * One property as it was written.
     *
     * @param name its name, in the spelling of its source
     * @param source the file and line, or the name of the property source
     * @param exact false for an environment variable, whose spelling has lost hyphens and upper case
     */
    public record Written(String name, @Nullable Object value, String source, boolean exact) {
        @Override
        public String toString() {
            return name + " (" + source + ")";
        }
    }

    private final Map<String, Written> byUniformName = new LinkedHashMap<>();

    public PropertyOrigins(Environment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().filter(PropertyOrigins::isOurs).forEach(name -> add(source, name));
            }
        }
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        String first = name.isEmpty() ? "" : name.getElement(0, ConfigurationPropertyName.Form.UNIFORM);
        return first.equals("resilience") || first.equals("resilience4j");
    }

    private void add(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        if (property != null) {
            boolean exact = !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
            byUniformName.putIfAbsent(
                    uniform(name.toString()),
                    new Written(asWritten(name), property.getValue(), origin(property), exact));
        }
    }

    private static String asWritten(ConfigurationPropertyName name) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            String element = name.getElement(i, ConfigurationPropertyName.Form.ORIGINAL);
            if (name.isNumericIndex(i) || element.indexOf('.') >= 0) {
                written.append('[').append(element).append(']');
            } else {
                written.append(i == 0 ? "" : ".").append(element);
            }
        }
        return written.toString();
    }

    private static String origin(ConfigurationProperty property) {
        if (property.getOrigin() != null) {
            return property.getOrigin().toString();
        }
        ConfigurationPropertySource source = property.getSource();
        Object underlying = source == null ? null : source.getUnderlyingSource();
        return underlying instanceof PropertySource<?> named ? named.getName() : String.valueOf(underlying);
    }

    /** The property of this name, or the first element of the list of this name; null if there is neither. */
    public @Nullable Written find(String name) {
        Written written = byUniformName.get(uniform(name));
        return written != null ? written : byUniformName.get(uniform(name) + "[0]");
    }

    public Collection<Written> all() {
        return byUniformName.values();
    }

    /** Whether two spellings mean the same property, or the same call: case and hyphens do not count. */
    public static boolean same(String one, String other) {
        return uniform(one).equals(uniform(other));
    }

    static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
