package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/**
 * A class with annotated methods of which Spring could make no proxy.
 *
 * @param methods the annotated methods
 * @param what why there is no proxy
 * @param remedy what to change
 */
public record Unproxiable(List<String> methods, String what, String remedy) {

    /** Null where the class has no annotated method: then the proxy was wanted by somebody else. */
    public static @Nullable Unproxiable of(Class<?> type) {
        List<String> methods =
                MethodIntrospector.selectMethods(type, (Method method) -> CallAnnotations.find(method, type) != null)
                        .stream()
                        .map(method -> Signatures.of(type, method))
                        .sorted(Comparator.naturalOrder())
                        .toList();
        return methods.isEmpty() ? null : new Unproxiable(methods, what(type), remedy(type));
    }

    private static String what(Class<?> type) {
        return "@ResilientCall needs a proxy, which is a subclass, and "
                + (Modifier.isFinal(type.getModifiers())
                        ? type.getSimpleName() + " is final"
                        : "Spring cannot make one of " + type.getSimpleName());
    }

    private static String remedy(Class<?> type) {
        String change = "Make it a class with a constructor that is not private";
        if (type.isRecord()) {
            change = "Make it a class that is not final, for every record is";
        } else if (Modifier.isFinal(type.getModifiers())) {
            change = "Remove final (in Kotlin: add open, or use the plugin kotlin-spring)";
        }
        String byInterface = ClassUtils.getAllInterfacesForClass(type).length == 0
                ? "let it implement an interface with these methods, and set spring.aop.proxy-target-class: false"
                : "set spring.aop.proxy-target-class: false, so that the proxy only has the interfaces of the class";
        return change + "; or " + byInterface + "; or make the calls through ResilientCalls, which needs no proxy";
    }
}
