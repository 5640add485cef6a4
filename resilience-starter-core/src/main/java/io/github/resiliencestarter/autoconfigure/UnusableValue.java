package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * A value that cannot be converted, or the one element of a list that cannot.
 *
 * @param origin where it was written down
 * @param type what it should become
 */
record UnusableValue(String property, @Nullable Object value, String origin, Class<?> type) {

    /** Null where the failure has no value, but for example a constructor that rejects what it is given. */
    static @Nullable UnusableValue of(BindException failure, @Nullable Environment environment) {
        ConfigurationProperty property = failure.getProperty();
        if (property != null) {
            return converted(failure, property);
        }
        // Boot does not say which value stands where it looked for a section
        Written written = environment == null
                ? null
                : new PropertyOrigins(environment).find(failure.getName().toString());
        return written == null
                ? null
                : new UnusableValue(written.name(), written.value(), written.source(), target(failure));
    }

    /** The innermost failed conversion knows which element it was, and what it should become. */
    private static UnusableValue converted(BindException failure, ConfigurationProperty property) {
        Object value = property.getValue();
        Class<?> type = target(failure);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion) {
                value = conversion.getValue();
                type = conversion.getTargetType().getType();
            }
        }
        return new UnusableValue(property.getName().toString(), value, PropertyOrigins.origin(property), type);
    }

    private static Class<?> target(BindException failure) {
        return failure.getTarget().getType().resolve(Object.class);
    }

    UnusableValue {
        type = ClassUtils.resolvePrimitiveIfNecessary(type);
    }
}
