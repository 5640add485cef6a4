package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.Findings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What the linter knows about annotated methods. */
final class MethodRules {

    private static final List<String> REACTIVE =
            List.of("org.reactivestreams.Publisher", "kotlinx.coroutines.flow.Flow");

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

    /** Whether the method returns its value when it returns, so that the pipeline sees how it ended. */
    static boolean isSynchronous(Class<?> type, Method method, Findings findings) {
        Class<?> returned = method.getReturnType();
        boolean asynchronous = CompletionStage.class.isAssignableFrom(returned)
                || Future.class.isAssignableFrom(returned)
                || isReactive(returned)
                || isSuspend(method);
        if (asynchronous) {
            findings.error(
                    Signatures.of(type, method),
                    "@ResilientCall on a method that answers later (" + returned.getSimpleName()
                            + ") would only protect the handing over, not the call",
                    "Annotate the synchronous method that does the work");
        }
        return !asynchronous;
    }

    private static boolean isReactive(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        return REACTIVE.contains(type.getName())
                || Arrays.stream(type.getInterfaces()).anyMatch(MethodRules::isReactive)
                || isReactive(type.getSuperclass());
    }

    private static boolean isSuspend(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0
                && parameters[parameters.length - 1].getName().equals("kotlin.coroutines.Continuation");
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
