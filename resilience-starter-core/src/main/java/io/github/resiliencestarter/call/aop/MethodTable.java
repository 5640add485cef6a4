package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The protected methods of one class. A proxy asks with the very same {@link Method} object each time, so the look-up
 * compares references first: {@code Method.equals} compares names and parameter types, and costs more than the rest.
 */
final class MethodTable {

    private static final int MOST = 8;

    private final ConcurrentMap<Method, ProtectedMethod> byMethod = new ConcurrentHashMap<>();
    private volatile Entry[] seen = {};

    ProtectedMethod get(Method method, Function<Method, ProtectedMethod> resolve) {
        for (Entry entry : seen) {
            if (entry.method == method) {
                return entry.found;
            }
        }
        ProtectedMethod known = byMethod.get(method);
        return remember(method, known != null ? known : byMethod.computeIfAbsent(method, resolve));
    }

    private synchronized ProtectedMethod remember(Method method, ProtectedMethod found) {
        if (seen.length < MOST) {
            Entry[] more = Arrays.copyOf(seen, seen.length + 1);
            more[seen.length] = new Entry(method, found);
            seen = more;
        }
        return found;
    }

    private record Entry(Method method, ProtectedMethod found) {}
}
