package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.AsyncAdapter;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What the fallback of a method may return: what the method returns, and for a method that answers later also the bare
 * value, or another type by which the same adapter can be answered later.
 */
record FallbackReturn(ResolvableType returned, @Nullable AsyncAdapter async) {

    static FallbackReturn of(Class<?> type, Method method) {
        return new FallbackReturn(ResolvableType.forMethodReturnType(method, type), AsyncTypes.adapterOf(method));
    }

    boolean accepts(Class<?> holder, Method candidate) {
        if (async == null) {
            Class<?> wanted = returned.toClass();
            return wanted == void.class || ClassUtils.isAssignable(wanted, candidate.getReturnType());
        }
        ResolvableType given = ResolvableType.forMethodReturnType(candidate, holder);
        if (async.carries(candidate.getReturnType())) {
            return fits(valueOf(given));
        }
        return !AsyncTypes.answersLater(candidate) && fits(given);
    }

    /** For messages: the types, as people write them. */
    List<String> names() {
        String name = simple(returned);
        return async == null ? List.of(name) : List.of(name, simple(valueOf(returned)));
    }

    private boolean fits(ResolvableType value) {
        Class<?> wanted = valueOf(returned).resolve(Object.class);
        Class<?> given = value.resolve();
        if (wanted == Object.class || given == null) {
            return true;
        }
        return wanted == Void.class && given == void.class || ClassUtils.isAssignable(wanted, given);
    }

    private static ResolvableType valueOf(ResolvableType asynchronous) {
        return asynchronous.getGeneric(0);
    }

    private static String simple(ResolvableType type) {
        String name = type.resolve(Object.class).getSimpleName();
        return type.hasGenerics() ? name + "<" + simple(type.getGeneric(0)) + ">" : name;
    }
}
