package io.github.resiliencestarter.test.fault;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import org.springframework.beans.BeanUtils;

/** Makes exceptions of a type, by the constructor that exceptions usually have. */
final class InjectedExceptions {

    private static final int UNUSUAL = 4;

    private InjectedExceptions() {}

    /** @throws IllegalArgumentException if the type has no usual constructor */
    static Supplier<Throwable> of(Class<? extends Throwable> type, String message) {
        Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> !Modifier.isAbstract(type.getModifiers()) && rank(each) < UNUSUAL)
                .min(Comparator.comparingInt(InjectedExceptions::rank))
                .orElseThrow(() -> new IllegalArgumentException(type.getName()
                        + " has no constructor that takes a message, a message and a cause, nothing, or a cause"));
        Class<?>[] parameters = constructor.getParameterTypes();
        return () -> (Throwable) BeanUtils.instantiateClass(
                constructor,
                Arrays.stream(parameters)
                        .map(parameter -> argument(parameter, message))
                        .toArray());
    }

    private static int rank(Constructor<?> constructor) {
        Class<?>[] parameters = constructor.getParameterTypes();
        Class<?> last = parameters.length == 0 ? null : parameters[parameters.length - 1];
        boolean endsWithCause =
                last != null && Throwable.class.isAssignableFrom(last) && last != constructor.getDeclaringClass();
        return switch (parameters.length) {
            case 0 -> 2;
            case 1 -> last == String.class ? 0 : endsWithCause ? 3 : UNUSUAL;
            case 2 -> parameters[0] == String.class && endsWithCause ? 1 : UNUSUAL;
            default -> UNUSUAL;
        };
    }

    /** Some insist on a cause of a certain type, so it gets one. */
    private static Object argument(Class<?> parameter, String message) {
        if (parameter == String.class) {
            return message;
        }
        return parameter.isAssignableFrom(InjectedFaultException.class)
                ? new InjectedFaultException(message)
                : of(parameter.asSubclass(Throwable.class), message).get();
    }
}
