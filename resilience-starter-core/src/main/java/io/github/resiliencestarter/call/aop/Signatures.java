package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Methods as people write them in messages. */
final class Signatures {

    private Signatures() {}

    static String shortName(Class<?> type, Method method) {
        return type.getSimpleName() + "." + method.getName();
    }

    static String of(Class<?> type, Method method) {
        return type.getName() + "." + method.getName() + parameters(Parameters.of(method), null);
    }

    /** {@code (String, byte[], CallFailure)}; the last one may be a description. */
    static String parameters(Class<?>[] types, @Nullable String last) {
        String listed = Arrays.stream(types).map(Class::getSimpleName).collect(Collectors.joining(", "));
        if (last == null) {
            return "(" + listed + ")";
        }
        return listed.isEmpty() ? "(" + last + ")" : "(" + listed + ", " + last + ")";
    }
}
