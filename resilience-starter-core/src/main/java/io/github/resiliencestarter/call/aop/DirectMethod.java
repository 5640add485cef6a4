package io.github.resiliencestarter.call.aop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;

/**
 * The way past the proxy to the method. Reflection, by which a proxy calls it, wraps what the method throws in an exception
 * of its own; filling in the stack trace of that one costs more than all the rest of a failed attempt. Immutable.
 */
final class DirectMethod {

    private static final MethodType UNIFORM = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final MethodHandle handle;

    private DirectMethod(MethodHandle handle) {
        this.handle = handle;
    }

    /** Null where only the proxy knows how to call it: a suspending function, or a method of a closed module. */
    static @Nullable DirectMethod of(Method method) {
        if (KotlinDetector.isSuspendingFunction(method) || !method.trySetAccessible()) {
            return null;
        }
        try {
            return new DirectMethod(MethodHandles.lookup()
                    .unreflect(method)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(UNIFORM));
        } catch (IllegalAccessException inaccessible) {
            return null;
        }
    }

    @Nullable
    Object invoke(@Nullable Object target, @Nullable Object[] arguments) throws Throwable {
        return (Object) handle.invokeExact(target, (Object[]) arguments);
    }
}
