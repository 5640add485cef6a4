package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilientCall;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/** A method as its author has written and annotated it, whatever the proxy is that it was called through. */
record AnnotatedMethod(Class<?> type, Method method, ResilientCall annotation) {

    /** Null if the method is not annotated. */
    static @Nullable AnnotatedMethod of(Method method, Class<?> beanClass) {
        for (Class<?> type : UserTypes.of(beanClass)) {
            Method seen = type.isInterface() ? ofInterface(method, type) : method;
            ResilientCall annotation = seen == null ? null : CallAnnotations.find(seen, type);
            if (annotation != null) {
                return new AnnotatedMethod(type, AopUtils.getMostSpecificMethod(seen, type), annotation);
            }
        }
        return null;
    }

    /** Two interfaces of a proxy may declare the same method, and the proxy calls it by the first of them. */
    private static @Nullable Method ofInterface(Method method, Class<?> type) {
        return method.getDeclaringClass().isAssignableFrom(type)
                ? method
                : ClassUtils.getMethodIfAvailable(type, method.getName(), method.getParameterTypes());
    }
}
