package io.github.resiliencestarter.test.server;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants of the servers, by system properties or environment variables; the property wins.
 *
 * <ul>
 *   <li>{@code resilience.test.brokers}, and {@code resilience.test.brokers.<kind>} for one kind: {@code auto} (the default),
 *       {@code docker}, {@code local} or {@code embedded}
 *   <li>{@code resilience.test.require}: kinds whose absence is a failure, separated by commas
 * </ul>
 *
 * @param property looks a property up; absent is null
 * @param variable looks an environment variable up; absent is null
 */
record Selection(UnaryOperator<@Nullable String> property, UnaryOperator<@Nullable String> variable) {

    static final String BROKERS = "resilience.test.brokers";
    static final String REQUIRE = "resilience.test.require";

    private static final String AUTO = "auto";

    static Selection current() {
        System.getProperties().stringPropertyNames().forEach(Selection::check);
        return new Selection(System::getProperty, System::getenv);
    }

    /** A property for a kind that does not exist would be ignored in silence. */
    static void check(String property) {
        String prefix = BROKERS + ".";
        if (property.startsWith(prefix)
                && kind(property.substring(prefix.length())).isEmpty()) {
            throw new ServerException(
                    "-D" + property + " is not known: write " + prefix + " and one of " + Kind.keys(), null);
        }
    }

    /** The modes to try for a kind, the best first. */
    List<Mode> modes(Kind kind) {
        Setting setting = setting(BROKERS + "." + kind.key());
        if (setting == null) {
            setting = setting(BROKERS);
        }
        if (setting == null || setting.value().equals(AUTO)) {
            return List.of(Mode.values());
        }
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(setting.value())) {
                return List.of(mode);
            }
        }
        String allowed = Arrays.stream(Mode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw setting.wrong("one of " + AUTO + ", " + allowed);
    }

    boolean isRequired(Kind kind) {
        return required().contains(kind);
    }

    private Set<Kind> required() {
        Set<Kind> required = EnumSet.noneOf(Kind.class);
        Setting setting = setting(REQUIRE);
        if (setting == null) {
            return required;
        }
        for (String key : setting.value().split("\\s*,\\s*")) {
            required.add(kind(key).orElseThrow(() -> setting.wrong("a list of " + Kind.keys())));
        }
        return required;
    }

    private static Optional<Kind> kind(String key) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.key().equals(key))
                .findFirst();
    }

    private @Nullable Setting setting(String name) {
        String variableName = name.replace('.', '_').toUpperCase(Locale.ROOT);
        Setting setting = Setting.of("-D" + name, property.apply(name));
        return setting != null ? setting : Setting.of(variableName, variable.apply(variableName));
    }

    private record Setting(String name, String value) {

        /** Build tools pass on an unset variable as an empty one. */
        static @Nullable Setting of(String name, @Nullable String value) {
            return value == null || value.isBlank()
                    ? null
                    : new Setting(name, value.strip().toLowerCase(Locale.ROOT));
        }

        ServerException wrong(String allowed) {
            return new ServerException(name + "=" + value + " is not known: write " + allowed, null);
        }
    }
}
