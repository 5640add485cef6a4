package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.call.reactive.SuspendingFunctions;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;

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
    private final @Nullable MethodHandle pastProxy;
    private final Class<?> exceptionType;
    private final boolean suspends;

    FallbackMethod(Method method, Last last) {
        this.method = method;
        this.last = last;
        this.handle = uniform(method, handleOf(method));
        this.pastProxy = method.isDefault() ? pastProxy(method) : null;
        this.exceptionType = last == Last.EXCEPTION ? lastParameterOf(method) : Object.class;
        this.suspends = KotlinDetector.isSuspendingFunction(method);
    }

    private static MethodHandle handleOf(Method method) {
        method.setAccessible(true);
        MethodHandle direct;
        try {
            direct = MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Modifier.isStatic(method.getModifiers()) ? MethodHandles.dropArguments(direct, 0, Object.class) : direct;
    }

    /**
     * The default method itself: a proxy need not know how to run it. Null where its module is closed to us; then the proxy is
     * asked all the same.
     */
    private static @Nullable MethodHandle pastProxy(Method method) {
        Class<?> type = method.getDeclaringClass();
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            return uniform(method, inside.unreflectSpecial(method, type));
        } catch (IllegalAccessException closed) {
            return null;
        }
    }

    private static MethodHandle uniform(Method method, MethodHandle handle) {
        return handle.asFixedArity()
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
        Class<?>[] parameters = Parameters.of(method);
        return parameters[parameters.length - 1];
    }

    boolean takes(Throwable exception) {
        return last != Last.EXCEPTION || exceptionType().isInstance(exception);
    }

    /** @param arguments those of the protected method; if that suspends, the last one is its continuation */
    @Nullable
    Object invoke(Object bean, @Nullable Object[] arguments, CallFailure failure) throws Throwable {
        int taken = method.getParameterCount();
        @Nullable Object[] all = Arrays.copyOf(arguments, taken);
        if (suspends) {
            all[--taken] = arguments[arguments.length - 1];
        }
        if (last != Last.NOTHING) {
            all[taken - 1] = last == Last.EXCEPTION ? failure.exception() : failure;
        }
        if (suspends) {
            return SuspendingFunctions.call(method, bean, all);
        }
        MethodHandle how = pastProxy != null && Proxy.isProxyClass(bean.getClass()) ? pastProxy : handle;
        return (Object) how.invokeExact(bean, (Object[]) all);
    }
}
