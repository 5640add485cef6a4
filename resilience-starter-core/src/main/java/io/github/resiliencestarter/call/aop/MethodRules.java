package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.Findings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** What the linter knows about annotated methods. */
final class MethodRules {

    private MethodRules() {}

    /** Whether a proxy can stand before the method. */
    static boolean isReachable(Class<?> type, Method method, boolean byInterface, Findings findings) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            String what = Modifier.isStatic(modifiers) ? "static" : "private";
            findings.error(
                    Signatures.of(type, method),
                    "@ResilientCall on a " + what + " method has no effect, for no proxy can reach it",
                    "Make it a public instance method, or call it through ResilientCalls");
            return false;
        }
        if (Modifier.isFinal(modifiers) && !byInterface) {
            findings.error(
                    Signatures.of(type, method),
                    "@ResilientCall on a final method has no effect, for no proxy can override it",
                    "Remove final, or call it through ResilientCalls");
            return false;
        }
        return true;
    }

    /** Somebody may want the making of a bean to be tried again; hardly anybody who annotates it does. */
    static void makesNoBean(Class<?> type, Method method, Findings findings) {
        if (AnnotatedElementUtils.hasAnnotation(method, Bean.class)) {
            findings.warn(
                    Signatures.of(type, method),
                    "@ResilientCall on a @Bean method protects the making of the bean, and none of its methods",
                    "Put it on " + method.getReturnType().getSimpleName() + " or on methods of it");
        }
    }

    /** Whether the pipeline sees how the method ends: when it returns, or later through what it returns. */
    static boolean isUnderstood(Class<?> type, Method method, Findings findings) {
        boolean understood = AsyncTypes.adapterOf(method) != null || !AsyncTypes.answersLater(method);
        if (!understood) {
            findings.error(
                    Signatures.of(type, method),
                    "@ResilientCall on a method that answers later by a "
                            + method.getReturnType().getSimpleName()
                            + " would only protect the handing over, not the call",
                    "Return " + AsyncTypes.understood() + ", or annotate the synchronous method that does the work");
        }
        return understood;
    }

    /** A checked exception that the method does not declare would reach callers as UndeclaredThrowableException. */
    static void declaresWrapper(ProtectedMethod method, ResilientCall annotation, Findings findings) {
        CallPlan plan = method.pipeline().plan();
        boolean onAnnotation = annotation.wrapWith() != Throwable.class;
        Class<? extends Throwable> wrapper = onAnnotation ? annotation.wrapWith() : plan.wrapWith();
        if (wrapper == null
                || RuntimeException.class.isAssignableFrom(wrapper)
                || Error.class.isAssignableFrom(wrapper)
                || Arrays.stream(method.method().getExceptionTypes())
                        .anyMatch(type -> type.isAssignableFrom(wrapper))) {
            return;
        }
        String by = onAnnotation ? "wrapWith" : "fallback.wrap-with";
        findings.error(
                Signatures.of(method.type(), method.method()),
                by + " is the checked exception " + wrapper.getName() + ", which the method does not declare",
                "Add 'throws " + wrapper.getSimpleName() + "' to the method, or use an unchecked exception");
    }
}
