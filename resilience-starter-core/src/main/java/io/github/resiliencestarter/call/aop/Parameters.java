package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.core.KotlinDetector;

/** What a method takes as its author sees it: the compiler gives a suspending function one parameter more. */
final class Parameters {

    private Parameters() {}

    /** Without the continuation of a suspending function. */
    static Class<?>[] of(Method method) {
        Class<?>[] all = method.getParameterTypes();
        return KotlinDetector.isSuspendingFunction(method) ? Arrays.copyOf(all, all.length - 1) : all;
    }
}
