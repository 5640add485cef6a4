package io.github.resiliencestarter.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * {@code resilience.enabled}, and the switch of a part of it: on, unless one of them is off. They are read as the properties read
 * them: {@code off} and {@code no} are false as well. Boot's own condition on a property compares texts. Thread-safe.
 */
public abstract class ResilienceSwitch implements Condition {

    private static final String OF_ALL = "resilience.enabled";

    private final List<String> properties;

    /** @param parts names of properties that turn off a part */
    protected ResilienceSwitch(String... parts) {
        this.properties = Stream.concat(Stream.of(OF_ALL), Arrays.stream(parts)).toList();
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return properties.stream().allMatch(property -> isOn(context.getEnvironment(), property, true));
    }

    static boolean isOn(Environment environment) {
        return isOn(environment, OF_ALL, true);
    }

    /** @param unset what holds where nothing is said, or nothing that can be used */
    static boolean isOn(Environment environment, String property, boolean unset) {
        try {
            return Binder.get(environment).bind(property, Boolean.class).orElse(unset);
        } catch (BindException unusable) {
            // The properties are bound a moment later, and what is wrong with the value is explained there.
            return unset;
        }
    }

    static final class On extends ResilienceSwitch {}

    static final class Off implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !isOn(context.getEnvironment());
        }
    }
}
