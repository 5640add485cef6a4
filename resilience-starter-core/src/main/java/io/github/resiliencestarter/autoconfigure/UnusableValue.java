package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;

/**
 * A value that cannot be converted, or the one element of a list that cannot.
 *
 * @param type what it should become
 */
record UnusableValue(@Nullable Object value, Class<?> type) {

    /**
     * The innermost failed conversion knows which element it was, and what it should become. There is none where a single value
     * stands in the place of a section.
     */
    static UnusableValue of(BindException failure, Written written) {
        UnusableValue innermost =
                new UnusableValue(written.value(), failure.getTarget().getType().resolve(Object.class));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion) {
                innermost = new UnusableValue(
                        conversion.getValue(), conversion.getTargetType().getType());
            }
        }
        return innermost;
    }

    UnusableValue {
        type = ClassUtils.resolvePrimitiveIfNecessary(type);
    }
}
