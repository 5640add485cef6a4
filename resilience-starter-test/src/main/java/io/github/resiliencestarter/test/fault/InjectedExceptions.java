package io.github.resiliencestarter.test.fault;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/** Makes exceptions of a type, by the constructor that exceptions usually have. */
final class InjectedExceptions {

    private InjectedExceptions() {}

    static Supplier<? extends Throwable> of(Class<? extends Throwable> type, String message) {
        Constructor<? extends Throwable> withMessage = constructor(type, String.class);
        if (withMessage != null) {
            return () -> BeanUtils.instantiateClass(withMessage, message);
        }
        Constructor<? extends Throwable> withMessageAndCause = constructor(type, String.class, Throwable.class);
        if (withMessageAndCause != null) {
            return () -> BeanUtils.instantiateClass(withMessageAndCause, message, null);
        }
        Constructor<? extends Throwable> withNothing = constructor(type);
        if (withNothing != null) {
            return () -> BeanUtils.instantiateClass(withNothing);
        }
        Constructor<? extends Throwable> withCause = constructor(type, Throwable.class);
        if (withCause != null) {
            return () -> BeanUtils.instantiateClass(withCause, new InjectedFaultException(message));
        }
        throw new IllegalArgumentException(type.getName()
                + " has no constructor with (String), (String, Throwable), () or (Throwable);"
                + " give failNext a supplier that makes the exception");
    }

    private static @Nullable Constructor<? extends Throwable> constructor(
            Class<? extends Throwable> type, Class<?>... parameters) {
        if (Modifier.isAbstract(type.getModifiers())) {
            return null;
        }
        try {
            return type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException none) {
            return null;
        }
    }
}
