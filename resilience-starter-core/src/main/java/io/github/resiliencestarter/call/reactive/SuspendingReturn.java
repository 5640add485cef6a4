package io.github.resiliencestarter.call.reactive;

import java.lang.reflect.Method;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;

/** What a method returns as its author sees it: a suspending function says it by the type of its last parameter. */
public final class SuspendingReturn {

    private static final String FLOW = "kotlinx.coroutines.flow.Flow";

    private SuspendingReturn() {}

    /** @param type the class that has, or inherits, the method */
    public static ResolvableType of(Method method, Class<?> type) {
        return KotlinDetector.isSuspendingFunction(method)
                ? ResolvableType.forMethodParameter(method, method.getParameterCount() - 1, type)
                        .getGeneric(0)
                : ResolvableType.forMethodReturnType(method, type);
    }

    /** Whether it suspends for one value; one that returns a Flow is as good as a function that does not suspend. */
    public static boolean isOneValue(Method method) {
        return KotlinDetector.isSuspendingFunction(method)
                && !of(method, method.getDeclaringClass()).toClass().getName().equals(FLOW);
    }
}
