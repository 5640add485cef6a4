package io.github.resiliencestarter.call.aop;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.asm.ClassReader;
import org.springframework.asm.Type;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds calls of annotated methods from within their own class, or a class that it extends: such a call does not pass the
 * proxy, so it is not protected. It reads the byte code of classes with annotated methods, once, when the application starts.
 */
final class SelfInvocations {

    private SelfInvocations() {}

    /** The annotated methods that the class calls itself, each with the name of a method that does. */
    static Map<Method, String> in(Class<?> type, Collection<Method> annotated) {
        Map<String, Method> wanted = bySignature(type, annotated);
        Map<Method, String> found = new LinkedHashMap<>();
        if (!wanted.isEmpty()) {
            OwnCalls calls = new OwnCalls(wanted, found);
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                read(each, calls);
            }
        }
        return found;
    }

    /** A class that knows a method by a variable of its own calls it by the bridge. */
    private static Map<String, Method> bySignature(Class<?> type, Collection<Method> annotated) {
        Map<String, Method> methods = new LinkedHashMap<>();
        annotated.forEach(method -> methods.put(signature(method), method));
        for (Method each : ReflectionUtils.getAllDeclaredMethods(type)) {
            Method bridged = each.isBridge() ? BridgeMethodResolver.findBridgedMethod(each) : each;
            if (bridged != each && annotated.contains(bridged)) {
                methods.put(signature(each), bridged);
            }
        }
        return methods;
    }

    private static String signature(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }

    private static void read(Class<?> type, OwnCalls calls) {
        try (InputStream code = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
            if (code != null) {
                new ClassReader(code).accept(calls, ClassReader.SKIP_DEBUG);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // Newer byte code than this Spring can read: then there is nothing to say about it.
        }
    }
}
