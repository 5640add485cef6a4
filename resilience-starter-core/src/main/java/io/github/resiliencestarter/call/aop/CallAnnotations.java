package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilientCall;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** Finds the {@link ResilientCall} of a method: on the method, on its class, or on what it overrides or implements. */
final class CallAnnotations {

    private CallAnnotations() {}

    static @Nullable ResilientCall find(Method method, @Nullable Class<?> targetClass) {
        if (method.getDeclaringClass() == Object.class || isMadeByCompiler(method)) {
            return null;
        }
        Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
        ResilientCall onMethod = on(specific);
        if (onMethod != null) {
            return onMethod;
        }
        // An annotated class means its public methods: what only it and its subclasses can see is no remote call, nor
        // is what
        // every object has, such as toString.
        if (!Modifier.isPublic(specific.getModifiers()) || ReflectionUtils.isObjectMethod(specific)) {
            return null;
        }
        ResilientCall onClass = on(specific.getDeclaringClass());
        if (onClass == null
                && targetClass != null
                && specific.getDeclaringClass().isAssignableFrom(targetClass)) {
            onClass = specific.getDeclaringClass().isInterface() ? on(targetClass) : null;
        }
        return onClass;
    }

    /** But for bridges: a proxy is called by them where a type of the method is a variable further up. */
    private static boolean isMadeByCompiler(Method method) {
        return method.isSynthetic() && !method.isBridge();
    }

    static boolean isCandidate(Class<?> type) {
        return org.springframework.core.annotation.AnnotationUtils.isCandidateClass(type, ResilientCall.class);
    }

    private static @Nullable ResilientCall on(java.lang.reflect.AnnotatedElement element) {
        return AnnotatedElementUtils.findMergedAnnotation(element, ResilientCall.class);
    }
}
