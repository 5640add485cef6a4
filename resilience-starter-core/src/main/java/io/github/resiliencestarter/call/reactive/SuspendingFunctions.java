package io.github.resiliencestarter.call.reactive;

import java.lang.reflect.Method;
import java.util.Objects;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.core.CoroutinesUtils;

/** Calls Kotlin's suspending functions. Its own class, so that Kotlin may be absent. */
public final class SuspendingFunctions {

    private SuspendingFunctions() {}

    /**
     * Calls one in the context of another, but not as a part of its job: that ends with what it answers.
     *
     * @param arguments the last one is the continuation of that other function
     * @return a Mono, or a Flux where it returns a Flow
     */
    public static Object call(Method method, Object bean, @Nullable Object[] arguments) {
        Continuation<?> caller = (Continuation<?>) Objects.requireNonNull(arguments[arguments.length - 1]);
        CoroutineContext context = caller.getContext().minusKey(Job.Key);
        return CoroutinesUtils.invokeSuspendingFunction(context, method, bean, arguments);
    }
}
