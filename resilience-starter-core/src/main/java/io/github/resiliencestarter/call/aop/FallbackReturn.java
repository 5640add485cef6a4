package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.AsyncAdapter;
import io.github.resiliencestarter.call.reactive.SuspendingReturn;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What the fallback of a method may return: what the method returns, and for a method that answers later also the bare
 * value, or another type by which the same adapter can be answered later.
 *
 * @param value what the caller has in the end
 */
record FallbackReturn(
        ResolvableType returned,
        ResolvableType value,
        @Nullable AsyncAdapter async,
        boolean suspends) {

    static FallbackReturn of(Class<?> type, Method method) {
        ResolvableType returned = SuspendingReturn.of(method, type);
        AsyncAdapter async = AsyncTypes.adapterOf(method);
        boolean suspends = SuspendingReturn.isOneValue(method);
        ResolvableType value = suspends || async == null ? returned : returned.getGeneric(0);
        return new FallbackReturn(returned, value, async, suspends);
    }

    boolean accepts(Class<?> holder, Method candidate) {
        if (async == null) {
            Class<?> wanted = returned.toClass();
            return wanted == void.class || ClassUtils.isAssignable(wanted, candidate.getReturnType());
        }
        ResolvableType given = SuspendingReturn.of(candidate, holder);
        if (SuspendingReturn.isOneValue(candidate)) {
            return suspends && fits(given);
        }
        if (async.carries(given.toClass())) {
            return fits(given.getGeneric(0));
        }
        return !AsyncTypes.answersLater(candidate) && fits(given);
    }

    /** For messages: the types, as people write them. */
    List<String> names() {
        if (suspends || async == null) {
            return List.of(simple(value));
        }
        return List.of(simple(returned), simple(value));
    }

    private boolean fits(ResolvableType given) {
        Class<?> wanted = value.resolve(Object.class);
        Class<?> offered = given.resolve();
        if (wanted == Object.class || offered == null) {
            return true;
        }
        boolean isNothing = wanted == Void.class || wanted.getName().equals("kotlin.Unit");
        return isNothing && offered == void.class || ClassUtils.isAssignable(wanted, offered);
    }

    private static String simple(ResolvableType type) {
        String name = type.resolve(Object.class).getSimpleName();
        return type.hasGenerics() ? name + "<" + simple(type.getGeneric(0)) + ">" : name;
    }
}
