package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One method that can answer. It is made accessible and turned into a method handle once, so a private one is called like any
 * other, without a race.
 */
final class FallbackMethod {

    /** What follows the parameters of the protected method. */
    enum Last {
        EXCEPTION,
        CALL_FAILURE,
        NOTHING
    }

    private static final MethodType UNIFORM = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final Method method;
    private final Last last;
    private final MethodHandle handle;
    private final Class<?> exceptionType;

    FallbackMethod(Method method, Last last) {
        this.method = method;
        this.last = last;
        this.handle = handleOf(method);
        this.exceptionType = last == Last.EXCEPTION ? lastParameterOf(method) : Object.class;
    }

    private static MethodHandle handleOf(Method method) {
        method.setAccessible(true);
        MethodHandle direct;
        try {
            direct = MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (Modifier.isStatic(method.getModifiers())) {
            direct = MethodHandles.dropArguments(direct, 0, Object.class);
        }
        return direct.asFixedArity()
                .asSpreader(Object[].class, method.getParameterCount())
                .asType(UNIFORM);
    }

    Method method() {
        return method;
    }

    Last last() {
        return last;
    }

    /** The exception that it takes; meaningful for {@link Last#EXCEPTION}. */
    Class<?> exceptionType() {
        return exceptionType;
    }

    private static Class<?> lastParameterOf(Method method) {
        return method.getParameterTypes()[method.getParameterCount() - 1];
    }

    boolean takes(Throwable exception) {
        return last != Last.EXCEPTION || exceptionType().isInstance(exception);
    }

    @Nullable
    Object invoke(Object bean, @Nullable Object[] arguments, CallFailure failure) throws Throwable {
        @Nullable Object[] all = arguments;
        if (last != Last.NOTHING) {
            all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = last == Last.EXCEPTION ? failure.exception() : failure;
        }
        return (Object) handle.invokeExact(bean, (Object[]) all);
    }
}
